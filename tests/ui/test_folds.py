"""A sheet as lines: notes, rows, and what rows unfold to."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.render.piece import line, plain
from explorer.render.sheet import Row, Sheet
from explorer.ui.folds import Folds


def sheet(counts: list[int], notes: int = 0) -> Sheet:
    """Row n unfolds to counts[n] lines."""
    rows = tuple(
        Row(str(n), line(f"row {n}"), unfold=lambda _, n=n, count=count: tuple(line(f"{n}.{i}") for i in range(count)))  # type: ignore[misc]
        for n, count in enumerate(counts)
    )
    return Sheet(rows=rows, notes=tuple(line(f"note {n}") for n in range(notes)))


@given(st.lists(st.integers(0, 3), max_size=12), st.sets(st.integers(0, 12)), st.integers(0, 3))
def test_positions_are_those_of_the_lines_written_out(counts: list[int], opened: set[int], notes: int) -> None:
    made = sheet(counts, notes)
    folds = Folds(made, {str(n) for n in opened})
    wanted = [f"note {n}" for n in range(notes)]
    for n, count in enumerate(counts):
        wanted.append(f"row {n}")
        if n in opened:
            wanted += [f"{n}.{i}" for i in range(count)]
    assert [plain(folds.at(position).line) for position in range(len(folds))] == wanted
    for n in range(len(counts)):
        assert plain(folds.at(folds.position(n)).line) == f"row {n}"
        row = folds.at(folds.position(n)).item
        assert row is not None
        assert row.key == str(n)


def test_rows_are_found_by_key_wherever_they_went() -> None:
    hints: dict[str, int] = {}
    first = Folds(sheet([0] * 500), hints=hints)
    assert first.find("400") == 400
    moved = Sheet(rows=sheet([0] * 500).rows[390:])
    assert Folds(moved, hints=hints).find("400") == 10
    assert Folds(moved, hints=hints).find("nobody") is None


def test_lazy_rows_are_asked_for_only_where_they_are_looked_at() -> None:
    class Lazy:
        asked: set[int] = set()

        def __len__(self) -> int:
            return 1_000_000

        def __getitem__(self, index: int) -> Row:
            self.asked.add(index)
            return Row(str(index), line(f"row {index}"))

    folds = Folds(Sheet(rows=Lazy()))  # type: ignore[arg-type]
    assert plain(folds.at(999_999).line) == "row 999999"
    assert Lazy.asked == {999_999}
