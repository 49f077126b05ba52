"""render/copied.py"""

from explorer.model.copied import Copied
from explorer.model.missing import Missing, Reason
from explorer.render.copied import copied_line
from explorer.render.piece import plain


def said(copied: Copied) -> str:
    return plain(copied_line(copied))


def test_on_its_way_and_done() -> None:
    assert said(Copied("/x/y", 512, 1024, 512, 2048.0)) == "copies to /x/y: 50% of 1.0K, 2.0K/s   S stops it"
    assert said(Copied("/x/y", 0, 0)) == "copies to /x/y: 0   S stops it"
    assert said(Copied("/x/y", 1234567, 1234567, 1234567, 1.0, done=True)) == "copied 1,234,567 bytes to /x/y"
    assert said(Copied("/x/y", 5000, 5010, 100, 1.0, done=True, left=10)) == (
        "copied 5,000 bytes (100 without holes) to /x/y; 10 more were written to it meanwhile"
    )


def test_broken_off() -> None:
    why = Missing(Reason.UNSUPPORTED, "no room left for it there", "give a place on another disk")
    nothing = said(Copied("/x/y", 0, 10, done=True, why=why))
    assert nothing == "not copied: no room left for it there: unsupported — give a place on another disk"
    assert said(Copied("/x/y", 5, 10, done=True, why=why)).endswith("disk — /x/y has the first 5 bytes of 10")


def test_a_strangers_name_is_escaped() -> None:
    assert "\x1b" not in said(Copied("/x/\x1b]0;y", 1, 1, done=True))
