"""query/descriptors.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.query import descriptors
from explorer.query.descriptors import EXAMPLES, IS, KEYS, NUMBERS, VALUES, Filter, parse
from explorer.query.processes import Wrong
from tests.query.things import THINGS


def hits(text: str) -> list[str]:
    found = parse(text)
    assert isinstance(found, Filter), found
    return [name for name, (owner, thing) in THINGS.items() if found(owner, thing)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", " ".join(THINGS)),
        ("nginx", "log gone listens memfd cwd library"),
        ("access.LOG", ""),
        ("old", "gone library"),
        ("OLD", ""),
        ("!nginx", "nfs folder client unix pipe exe"),
        ("(deleted)", "gone memfd library"),
        ("is:deleted", "gone library"),
        ("kind:tcp", "listens client"),
        ("kind:listen", "listens unix"),
        ("kind:regular,pipe", "log gone nfs pipe"),
        ("kind:mapped", "library"),
        ("kind:mem", "library"),
        (":443", "listens client"),
        ("tcp:LISTEN", "listens"),
        ("i:6", "client"),
        ("@::1", "client"),
        ("state:listen", "listens unix"),
        ("state:LISTEN,ESTAB", "listens client unix"),
        ("path:/var/log", "log gone folder cwd"),
        ("path:/var/log/", "log gone folder cwd"),
        ("path:/var/lo", ""),
        ("path:/", "log gone nfs folder cwd library exe"),
        ("fs:nfs4", "nfs"),
        ("mount:/mnt,/x", "nfs"),
        ("pid:9 kind:pipe", "pipe"),
        ("comm:ngi size>1M", "log"),
        ("user:www-data fd:4-5", "log gone"),
        ("user:33 fd:cwd,txt", "cwd"),
        ("fd:1,exe", "pipe exe"),
        ("rw:w", "log gone nfs folder listens client unix pipe memfd"),
        ("rw:rw fd:1", ""),
        ("queue>10", "client"),
        ("links<1", "gone memfd library"),
        ("pos>=100", "log gone nfs folder memfd"),
        ("peer:nginx", "client"),
        ("peer:812", "client"),
        ("peer:81", ""),
        ("also:10", "pipe"),
        ("is:shared", "pipe"),
        ("is:connected", "client"),
        ("is:listening !fd:10", "listens"),
        ('"/var/log/nginx/access.log"', "log"),
    ],
)
def test_what_it_takes(text: str, names: str) -> None:
    assert hits(text) == names.split()


@pytest.mark.parametrize(
    "text", ["!", "kind:", "size>big", "size:1M x pid:y", "pid>3", "state:OPEN", "fd:x", "rw:x", "is:odd", ":99999", "tcp:nosuch", "i:812"]
)
def test_what_it_does_not_understand_is_said(text: str) -> None:
    found = parse(text)
    assert isinstance(found, Wrong)
    assert found.message
    assert "\n" not in found.message


def test_hits_are_marked_by_words() -> None:
    found = parse('log "two words" !cron kind:tcp')
    assert isinstance(found, Filter)
    assert found.words == ("log", "two words")


def test_every_key_has_its_example_which_is_understood_and_its_line() -> None:
    assert {*NUMBERS, *VALUES, "i"} == set(KEYS)
    for key in KEYS:
        assert isinstance(parse(EXAMPLES[key]), Filter)
        assert f" {key}" in (descriptors.__doc__ or "")
    assert all(isinstance(parse(f"is:{word}"), Filter) and word in (descriptors.__doc__ or "") for word in IS)


PARTS = (*KEYS, *IS, ":", "<", ">=", "!", '"', "tcp", "@", "443", "-", ",", "/var", " ", "é", "1M", "\x1b")


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=20), st.lists(st.sampled_from(PARTS), max_size=8).map("".join)))
def test_never_raises(text: str) -> None:
    found = parse(text)
    if isinstance(found, Filter):
        assert {type(found(owner, thing)) for owner, thing in THINGS.values()} == {bool}
