"""A histogram drawn."""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.summary import Counted
from explorer.model.tally import BUCKETS, Tally
from explorer.render.ascii import to_ascii
from explorer.render.histogram import between, histogram
from explorer.render.piece import plain
from explorer.render.width import width
from tests.model.test_summary import tally

ROW = Counted(0, 0, "i386", "openat", tally([1_500] * 40 + [3_000] * 80 + [40_000], {2: 5}), 0.5)


def shown(row: Counted, columns: int = 0) -> list[str]:
    return [plain(line) for line in histogram(row, columns)]


def test_a_line_a_power_of_two() -> None:
    assert shown(ROW, 74) == [
        "openat 32-bit: 121 calls, 5 failed",
        "min 2 µs, ~p50 3 µs, ~p95 4 µs, ~p99 4 µs, max 40 µs",
        "      1 µs – 2 µs       40  33.1% " + "█" * 20,
        "      2 µs – 4 µs       80  66.1% " + "█" * 40,
        "      4 µs – 8 µs",
        "     8 µs – 16 µs",
        "    16 µs – 33 µs",
        "    33 µs – 66 µs        1   0.8% ▌",
    ]


def test_without_times_there_is_nothing_to_draw() -> None:
    assert shown(Counted(0, 0, "x86_64", "read", Tally(1))) == ["read: 1 call"]


def test_in_ascii() -> None:
    assert to_ascii(shown(ROW, 74)[3]).endswith("66.1% " + "#" * 40)
    assert to_ascii(shown(ROW, 74)[7]).endswith(" :")


def test_every_bucket_has_its_words() -> None:
    assert [between(bucket) for bucket in (0, 1, 20)] == ["0 ns – 1 ns", "1 ns – 2 ns", "524 µs – 1.0 ms"]
    assert between(BUCKETS - 1).endswith(" …")
    assert max(len(between(bucket)) for bucket in range(BUCKETS)) == 17


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 1 << 50), min_size=1, max_size=40), st.integers(1, 200))
def test_it_stays_within_its_columns_and_no_call_is_without_a_bar(times: list[int], columns: int) -> None:
    row = Counted(0, 0, "x86_64", "read", tally(times), 1.0)
    lines = shown(row, columns)
    assert all(width(line) <= columns for line in lines)
    if columns > 40:
        assert sum(line.endswith(("█", "▌")) for line in lines) == sum(map(bool, row.tally.buckets))
