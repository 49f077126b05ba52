"""trace/filters.py: every name of decode/ can be asked for."""

from explorer.decode.syscall import numbers
from explorer.query.trace import Choice, TraceFilter
from explorer.trace.filters import options, parse, words


def test_every_name_is_known() -> None:
    for arch in numbers.ARCHES:
        for name in numbers.numbers(arch):
            found = parse(f"trace={name}")
            assert isinstance(found, TraceFilter)
            assert name in found.calls[0]
    assert {"recv", "semop"} <= words().calls


def test_signals_have_straces_names() -> None:
    assert (words().signals["RT_1"], words().signals["CHLD"]) == (33, 17)
    assert words().errors["ENOENT"] == 2


def test_options_and_prompt_say_the_same() -> None:
    by_option, by_line = options(["!futex", "fd=7"], ["/etc"], "1ms", "failed"), parse("!futex fd=7 -P /etc slower=1ms -Z")
    assert isinstance(by_option, TraceFilter)
    assert isinstance(by_line, TraceFilter)
    assert by_option.capture() == by_line.capture()
    assert by_option.calls == by_line.calls == (Choice(frozenset({"futex"}), but=True),)
