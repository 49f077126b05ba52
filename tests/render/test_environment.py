"""render/environment.py"""

from explorer.decode.secret import MASK
from explorer.model.environ import Environ, Variable
from explorer.render.environment import hide, judged, sheet
from explorer.render.piece import plain
from explorer.render.sheet import Sheet
from explorer.render.width import width

ENVIRON = Environ((
    Variable("PATH", "/bin"), Variable("DB_PASSWORD", "hunter2"), Variable("URL", "postgres://a:hunter2@db"), Variable("", "aemon on;"),
    Variable("PATH", "/twice"), Variable("LONG", "x" * 300), Variable("ODD", "\x1b[2J\udcff"), Variable("EMPTY", ""),
))  # fmt: skip


def made(*options: str, environ: Environ = ENVIRON, columns: int = 60) -> Sheet:
    return sheet(environ, judged(environ, "812@7:"), columns, options)


def text(found: Sheet) -> list[str]:
    return [plain(row.line) for row in found.rows]


def test_secrets_are_masked_until_one_is_asked_for() -> None:
    masked = text(made())
    assert "hunter2" not in "".join(masked)
    assert masked[1] == f"DB_PASSWORD={MASK}  masked"
    assert masked[2] == f"URL=postgres://a:{MASK}@db  masked"
    shown = text(made("reveal:812@7:DB_PASSWORD"))
    assert shown[1] == "DB_PASSWORD=hunter2"
    assert shown[2] == masked[2]
    assert text(made("reveal:813@9:DB_PASSWORD")) == masked


def test_what_is_copied_is_as_masked_as_what_is_shown() -> None:
    assert made().rows[1].copy == f"DB_PASSWORD={MASK}"
    assert made("reveal:812@7:DB_PASSWORD").rows[1].copy == "DB_PASSWORD=hunter2"
    assert made().rows[6].copy == "ODD=\x1b[2J\udcff"


def test_rows() -> None:
    found = made()
    shown = text(found)
    assert shown[0] == "PATH=/bin"
    assert shown[3] == "aemon on;  no NAME=value"
    assert shown[6] == r"ODD=\e[2J\xff"
    assert len({row.key for row in found.rows}) == len(shown)
    assert all(width(line) <= 60 for line in shown)
    unfold = found.rows[5].unfold
    assert unfold is not None
    assert "".join(plain(line).strip() for line in unfold(60)) == "LONG=" + "x" * 300
    assert found.rows[0].unfold is None
    assert found.count == "8"
    assert plain(found.summary) == "8 at its start · 2 masked, r shows it"
    assert "masked" not in plain(made("reveal:812@7:DB_PASSWORD", "reveal:812@7:URL").summary)


def test_notes() -> None:
    assert "no environment" in plain(made(environ=Environ(())).notes[0])
    assert "overwritten" in plain(made(environ=Environ((Variable("A", "b"),), padding=3)).notes[0])
    assert "longer" in plain(made(environ=Environ((Variable("A", "b"),), cut=True)).notes[0])


def test_for_a_command() -> None:
    found = {variable.name: (variable.value, masked) for variable, masked in hide(ENVIRON)}
    assert found["DB_PASSWORD"] == (MASK, True)
    assert found["EMPTY"] == ("", False)
    assert {variable.name: variable.value for variable, _ in hide(ENVIRON, everything=True)}["DB_PASSWORD"] == "hunter2"
    assert {variable.name: variable.value for variable, _ in hide(ENVIRON, ["DB_PASSWORD"])}["DB_PASSWORD"] == "hunter2"
