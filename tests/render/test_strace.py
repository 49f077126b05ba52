"""strace's own text."""

from explorer.decode.syscall import decode_syscall, numbers
from explorer.model.trace import Call, Syscall, Value
from explorer.render.strace import strace_text


def made(name: str, *args: int, result: int | None = None) -> Syscall:
    return decode_syscall(Call(numbers.numbers("x86_64")[name], args, "x86_64", result))


def test_finished_failed_and_unfinished() -> None:
    assert strace_text(made("getpid", result=5)) == "getpid() = 5"
    assert strace_text(made("close", 9, result=-9)) == "close(9) = -1 EBADF (Bad file descriptor)"
    assert strace_text(made("pause")) == "pause( <unfinished ...>"
    assert strace_text(made("poll", 0, 0, 5, result=0)) == "poll(NULL, 0, 5) = 0 (Timeout)"


def test_clone_names_its_arguments_in_straces_order() -> None:
    text = strace_text(made("clone", 0x1200011, 0, 0, 0x7F0000000010, 0, result=77))
    assert text == "clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f0000000010) = 77"


def test_notes_of_descriptors_only() -> None:
    call = Syscall("wait4", (("pid", Value(7, "7", (), "pid", "rsync")), ("fd", Value(3, "3", (), "fd", "pipe:[1]"))), None)
    assert strace_text(call) == "wait4(7, 3<pipe:[1]> <unfinished ...>"
