"""trace/vocabulary.py: which words cannot come from decoding itself."""

import pytest

from explorer.decode.constants.errno import ERRNO
from explorer.decode.syscall import numbers
from explorer.trace.decoded import what
from explorer.trace.found import Finder
from explorer.trace.payload import call_of
from explorer.trace.text import STYLE, text
from explorer.trace.vocabulary import needle
from tests.traces import nginx


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("index.html", b"html"),
        ("favicon", b"avicon"),
        ("Mozilla/5", b"mozilla"),
        ("/srv/www", b"www"),
        ("nhtml", b"html"),
        (r"\nhtml", b"html"),
    ],
)
def test_words_that_only_a_process_has(query: str, found: bytes) -> None:
    assert needle(query) == found


@pytest.mark.parametrize(
    "query",
    ["O_RDONLY|O_CLOEXEC", "EPOLLIN", "SIGTERM", "S_IFREG", "st_size=4127", "0xdeadbeef", "makedev", "=", "a", "AT_FDCWD"],
)
def test_words_of_decoding(query: str) -> None:
    assert needle(query) == b""


def test_names_of_calls_and_errors_are_words_of_decoding() -> None:
    assert [name for _, (name, words) in ERRNO.items() if needle(name) or needle(words)] == []
    assert [name for name in numbers.numbers("x86_64") if needle(name)] == []


def test_every_piece_of_a_line_is_found_in_it() -> None:
    batch = nginx(10)
    for row in range(10):
        line = text(what(batch, row, call_of, STYLE))
        for low in range(len(line) - 4):
            for size in (4, 9):
                piece = line[low : low + size]
                assert row in Finder(piece, sharp=True).rows(batch, range(10), call_of), piece
