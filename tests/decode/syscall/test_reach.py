"""What decoding a call will need, told before."""

from explorer.decode.syscall import numbers
from explorer.decode.syscall.reach import BY_RESULT, Reach, Span, reach


def of(name: str, arch: str = "x86_64") -> Reach:
    return reach(numbers.numbers(arch)[name], arch)


def test_everyday_calls_are_told_whole() -> None:
    assert of("read")[:5] == ((0,), "", (), (Span(1, "bytes", 1, BY_RESULT),), True)
    assert of("write")[:5] == ((0,), "", (Span(1, "bytes", 1, 2),), (), True)
    assert of("openat")[:5] == ((0,), "result", (Span(1, "string", 1, most=4096),), (), True)
    assert of("pipe2").makes == ("pair", 0)


def test_most_calls_are_told_whole() -> None:
    for arch in ("x86_64", "aarch64"):
        deep = {name for number, name in numbers.names(arch).items() if not reach(number, arch).whole}
        assert deep == {"sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "execve", "execveat", "clone3"}


def test_what_another_argument_chooses() -> None:
    fcntl = of("fcntl")
    assert fcntl.of((3, 1, 0, 0, 0, 0)).makes == ""
    assert fcntl.of((3, 1030, 0, 0, 0, 0)).makes == "result"
    assert [span.size for span in fcntl.of((3, 6, 0x1000, 0, 0, 0)).entry] == [28]


def test_pointers_behind_pointers_are_not_told() -> None:
    assert not of("execve").whole
    assert not of("recvmsg").whole
    assert not of("socketcall", "i386").whole
