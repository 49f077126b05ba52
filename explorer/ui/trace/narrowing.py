"""Filters that keys add to the text of a filter: pure. Of a key the last one counts, so what is there already is taken along."""

import re
from typing import Final

PID: Final = re.compile(r"(?:^|\s)pid=\S+")
HIDDEN: Final = re.compile(r"(?:^|\s)pid=!(\S+)")
FD: Final = re.compile(r"(?:^|\s)fd=\S+")


def term(text: str) -> str:
    """The filter's text on one line, ready for more."""
    return " ".join(text.split())


def hide_call(text: str, name: str) -> str:
    """Without this call."""
    return term(f"{text} !{name}")


def only_call(text: str, name: str) -> str:
    """This call alone, whatever calls were chosen before."""
    return term(f"{text} trace={name}")


def without_process(text: str, pid: int) -> str:
    """Without this process, and without those that are hidden already."""
    hidden = [found[1] for found in HIDDEN.finditer(text)]
    rest = HIDDEN.sub("", text)
    return term(f"{rest} pid=!{','.join([*hidden, str(pid)])}")


def only_process(text: str, pid: int) -> str:
    """This process alone."""
    return term(f"{PID.sub('', text)} pid={pid}")


def only_descriptor(text: str, fd: int, pid: int | None) -> str:
    """What this descriptor had part in; of this process where there are several."""
    text = FD.sub("", text)
    return only_process(f"{text} fd={fd}", pid) if pid is not None else term(f"{text} fd={fd}")


def failed(text: str) -> str:
    """Failed calls alone, or all again."""
    words = text.split()
    return " ".join(word for word in words if word != "failed") if "failed" in words else term(f"{text} failed")
