"""trace/touched.py: descriptors and paths of a call."""

from explorer.decode.syscall import numbers
from explorer.model.trace import Call
from explorer.trace.payload import Captured
from explorer.trace.touched import descriptors, paths, registers, under

MINUS_ONE, CWD = (1 << 64) - 1, (1 << 64) - 100


def memory(**texts: str) -> Captured:
    found = Captured()
    found.pieces = [(int(at[1:]), text.encode() + b"\0") for at, text in texts.items()]
    return found


def call(
    name: str,
    *args: int,
    result: int | None = 0,
    arch: str = "x86_64",
    memory: Captured | None = None,
    fds: dict[int, str] | None = None,
    opened: dict[int, str] | None = None,
) -> Call:
    return Call(numbers.numbers(arch)[name], args, arch, result, memory or Captured(), fds or {}, opened=opened or {})


def test_registers_of_a_call() -> None:
    assert registers(numbers.numbers("x86_64")["openat"], "x86_64") == ((0,), (1,), True)
    assert registers(numbers.numbers("x86_64")["sendfile"], "x86_64") == ((0, 1), (), False)
    assert registers(numbers.numbers("x86_64")["mmap"], "x86_64")[0] == (4,)
    assert registers(numbers.numbers("i386")["pread64"], "i386")[0] == (0,)
    assert registers(9_999, "x86_64") == ((), (), False)


def test_descriptors() -> None:
    assert descriptors(call("sendfile", 11, 13, 0, 5, 0, 0)) == {11, 13}
    assert descriptors(call("close", MINUS_ONE)) == {-1}
    assert descriptors(call("openat", CWD, 4096, 0, 0, result=7)) == {7}
    assert descriptors(call("openat", CWD, 4096, 0, 0, result=-2)) == set()
    assert descriptors(call("openat", CWD, 4096, 0, 0, result=None)) == set()
    assert descriptors(call("poll", 4096, 2, 0, fds={3: "a", -100: "/"}, opened={5: "b"})) == {3, 5}


def test_paths() -> None:
    names = {-100: "/srv", 5: "/etc", 6: "pipe:[3]"}
    assert list(paths(call("openat", CWD, 16, 0, 0, memory=memory(_16="a/../b"), fds=names))) == ["/etc", "/srv/b"]
    assert list(paths(call("openat", 5, 16, 0, 0, memory=memory(_16="passwd"), fds={5: "/etc"}))) == ["/etc", "/etc/passwd"]
    assert list(paths(call("open", 16, 0, 0, memory=memory(_16="//etc//x/")))) == ["/etc/x"]
    assert list(paths(call("open", 16, 0, 0, memory=memory(_16="x")))) == ["x"]
    assert list(paths(call("rename", 16, 32, memory=memory(_16="/a", _32="/b")))) == ["/a", "/b"]
    assert list(paths(call("read", 4, 16, 9, fds={4: "/tmp/x (deleted)"}))) == ["/tmp/x"]
    assert list(paths(call("open", 16, 0, 0))) == []


def test_under_a_folder() -> None:
    assert (under("/etc", "/etc"), under("/etc/x", "/etc"), under("/etcetera", "/etc"), under("/x", "/"), under("x", "/")) == (
        True,
        True,
        False,
        True,
        False,
    )
