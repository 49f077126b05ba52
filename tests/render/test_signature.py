"""A signature in lines."""

from explorer.decode.syscall.known import known
from explorer.render.piece import Role, plain
from explorer.render.signature import signature_lines


def test_lines() -> None:
    lines = signature_lines(known("close", "x86_64", 3))
    assert [plain(line) for line in lines] == [
        "close(fd)  close a descriptor",
        "  fd  unsigned int",
        "  x86_64 3 · i386 6 · aarch64 57",
        "  3 elsewhere: i386 read, aarch64 io_cancel",
    ]
    assert lines[0][0].role is Role.NAME


def test_without_arguments_and_unknown() -> None:
    assert plain(signature_lines(known("getpid", "x86_64"))[0]) == "getpid()  ask for the process id"
    assert plain(signature_lines(known("vserver", "x86_64"))[0]) == "vserver(…)"
