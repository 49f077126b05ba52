"""tools/boot_kernel/apt.py: the same archives with another suite; apt's words without where they came from."""

import sys

import pytest

from tools.boot_kernel import Failure
from tools.boot_kernel.apt import other_suite, run

TARGETS = [
    "http://a.test/debian bookworm main",
    "http://a.test/debian bookworm-updates main",
    "http://a.test/debian-security bookworm-security main",
    "http://a.test/debian bookworm main",
    "http://b.test/node nodistro main",
    "http://b.test/sdk sdk-bookworm main",
]


def test_our_archives_with_another_suite() -> None:
    lines = [line.partition("] ")[2] for line in other_suite(TARGETS, "bookworm", "trixie")]
    assert lines == [
        "http://a.test/debian trixie main",
        "http://a.test/debian trixie-updates main",
        "http://a.test/debian-security trixie-security main",
    ]


def test_no_archive_of_ours() -> None:
    assert other_suite(TARGETS, "noble", "trixie") == []
    assert other_suite(TARGETS, "", "trixie") == []


def test_what_fails_says_why_and_not_where() -> None:
    said = "E: Failed to fetch http://a.test/debian/x.deb 404 [IP: 10.0.0.1 80]"
    with pytest.raises(Failure) as failure:
        run(sys.executable, "-c", "import sys; sys.exit(sys.argv[1])", said, "update")
    assert "update failed" in str(failure.value)
    assert "Failed to fetch /debian/x.deb 404" in str(failure.value)
    assert "a.test" not in str(failure.value)
    assert "10.0.0.1" not in str(failure.value)
