"""decode_syscall: what goes in, what comes out, and that nothing makes it raise."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.syscall import decode_syscall, numbers
from explorer.decode.syscall.call import Style
from explorer.model.trace import Call, Syscall, Value
from explorer.render.strace import strace_text
from tests.decode.syscall.decoded import syscall
from tests.memory import Noise, Written

MINUS_ONE = (1 << 64) - 1
LONGEST = 300_000
"""32 messages of 32 buffers of 32 bytes, each written \\377, are the most that a call can hold."""


def text(name: str, *args: int, memory: Written | None = None, result: int | None = None, arch: str = "x86_64", **more: object) -> str:
    number = numbers.numbers(arch)[name]
    call = Call(number, args, arch, result, memory or Written(), **more)  # type: ignore[arg-type]
    return strace_text(decode_syscall(call)).removesuffix(" <unfinished ...>")


def test_a_worker_that_waits() -> None:
    call = decode_syscall(Call(232, (8, 0x55E0, 512, MINUS_ONE), fds={8: "eventpoll, 5 watched"}))
    assert call.name == "epoll_wait"
    assert [name for name, _ in call.args] == ["epfd", "events", "maxevents", "timeout"]
    assert [value.text for _, value in call.args] == ["8", "0x55e0", "512", "-1"]
    assert call.args[0][1] == Value(8, "8", (), "fd", "eventpoll, 5 watched")
    assert call.args[1][1].kind == "address"
    assert call.result is None


def test_what_the_kernel_has_yet_to_write_is_an_address() -> None:
    assert text("read", 0, 0x7F00, 100) == "read(0, 0x7f00, 100"
    assert text("wait4", MINUS_ONE, 0x7F00, 0, 0) == "wait4(-1, 0x7f00, 0, NULL"
    assert text("accept4", 3, 0x10, 0x20, 0x800, memory=Written(at_20=struct.pack("<I", 112))) == "accept4(3, 0x10, [112], SOCK_NONBLOCK"
    assert text("recvmsg", 3, 0x10, 0, memory=Written(at_10=bytes(56))) == "recvmsg(3, 0x10, 0"


def test_what_the_process_hands_over_is_read() -> None:
    memory = Written(at_1000=b"/etc/passwd\0", at_2000=struct.pack("<qq", 1, 500))
    assert text("openat", MINUS_ONE - 99, 0x1000, 0o2000000, memory=memory) == 'openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC'
    assert text("nanosleep", 0x2000, 0, memory=memory) == "nanosleep({tv_sec=1, tv_nsec=500}, NULL"
    assert text("write", 1, 0x1000, 4, memory=memory) == 'write(1, "/etc", 4'


def test_a_result_of_each_kind() -> None:
    assert text("getpid", result=7) == "getpid() = 7"
    assert text("close", 99, result=-9) == "close(99) = -1 EBADF (Bad file descriptor)"
    assert text("read", 0, 0x10, 1, result=-512) == "read(0, 0x10, 1) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)"
    assert text("dup", 3, result=4, fds={3: "/x"}, opened={4: "/x"}) == "dup(3</x>) = 4</x>"
    assert text("dup", 3, result=-4000) == "dup(3) = -1 errno 4000 (errno 4000)"
    assert text("mmap", 0, 1, 0, 2, MINUS_ONE, 0, result=0x7F00).endswith(" = 0x7f00")


def test_both_ends_of_a_value_that_goes_in_and_comes_back() -> None:
    before, after = Written(at_20=struct.pack("<I", 112)), Written(at_20=struct.pack("<I", 16), at_10=struct.pack("<H", 1) + bytes(14))
    assert (
        text("accept4", 3, 0x10, 0x20, 0, memory=after, entry=before, result=4)
        == 'accept4(3, {sa_family=AF_UNIX, sun_path=@"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"}, [112 => 16], 0) = 4'
    )


def test_a_deleted_file_as_strace_has_it() -> None:
    assert text("fsync", 3, fds={3: "/tmp/x (deleted)"}) == "fsync(3</tmp/x>(deleted)"


def test_i386_calls_by_their_own_numbers_and_widths() -> None:
    memory = Written(at_1000=b"hello\0")
    assert text("write", 1, 0x1000, 5, memory=memory, arch="i386") == 'write(1, "hello", 5'
    assert text("pread64", 3, 0x1000, 5, 1, 1, arch="i386", result=0) == 'pread64(3, "", 5, 4294967297) = 0'
    assert (
        text("mmap2", 0, 4096, 3, 0x22, 0xFFFFFFFF, 1, arch="i386")
        == "mmap2(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0x1000"
    )
    assert decode_syscall(Call(4, (1, 0x1000, 5), "i386")).arch == "i386"


def test_i386_calls_whose_arguments_lie_in_memory() -> None:
    memory = Written(at_100=struct.pack("<III", 1, 1, 0))
    assert text("socketcall", 1, 0x100, memory=memory, arch="i386") == "socket(AF_UNIX, SOCK_STREAM, 0"
    assert text("socketcall", 1, 0x900, memory=memory, arch="i386") == "socketcall(SYS_SOCKET, 0x900"
    assert text("socketcall", 77, 0x100, memory=memory, arch="i386") == "socketcall(77, 0x100"
    assert text("ipc", 1, 5, 1, 0, 0x0, 0, arch="i386") == "semop(5, NULL, 1"
    assert text("mmap", 0x900, arch="i386") == "mmap(0x900"
    assert (
        text("mmap", 0x200, memory=Written(at_200=struct.pack("<IIIIII", 0, 1, 1, 2, 3, 0)), arch="i386")
        == "mmap(NULL, 1, PROT_READ, MAP_PRIVATE, 3, 0"
    )


def test_x32_and_unknown_calls() -> None:
    assert decode_syscall(Call(0x40000000 | 13, (1,))).name == "syscall_0x4000000d"
    call = decode_syscall(Call(0x40000000, (0, 1, 2)))
    assert (call.name, call.arch) == ("read", "x32")
    unknown = decode_syscall(Call(9999, (1, 2, 3, 4, 5, 6)))
    assert (unknown.name, [value.text for _, value in unknown.args]) == ("syscall_0x270f", ["0x1", "0x2", "0x3", "0x4", "0x5", "0x6"])


def test_few_registers_are_filled_up() -> None:
    assert text("openat") == "openat(0, NULL, O_RDONLY"
    assert decode_syscall(Call(5, (), "riscv64")).name == "syscall_0x5"


def test_calls_of_aarch64() -> None:
    memory = Written(at_1000=b"x\0", at_2000=struct.pack("<IIQ", 1, 0, 5))
    assert text("openat", MINUS_ONE - 99, 0x1000, 0o40000, memory=memory, arch="aarch64") == 'openat(AT_FDCWD, "x", O_RDONLY|O_DIRECTORY'
    assert (
        text("epoll_ctl", 3, 1, 4, 0x2000, memory=memory, arch="aarch64")
        == "epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=5, u64=5}}"
    )


def values(call: Syscall) -> list[Value]:
    out = [value for _, value in call.args]
    for value in out:
        out.extend(part for _, part in value.parts)
    return out + ([call.result] if call.result else [])


REGISTER = st.one_of(
    st.integers(0, 40), st.integers(0, (1 << 64) - 1), st.sampled_from([0x1000, 0x7FFF00000000, MINUS_ONE, 1 << 63, 0x80000000])
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([(arch, number) for arch in (*numbers.ARCHES, "x32") for number in numbers.names(arch)]),
    st.tuples(*[REGISTER] * 6),
    st.binary(min_size=1, max_size=64),
    st.sampled_from([1 << 30, 100, 8, 3]),
    st.one_of(st.none(), st.integers(-600, 600), st.integers(-(1 << 63), (1 << 63) - 1)),
    st.booleans(),
)
def test_nothing_makes_it_raise(
    chosen: tuple[str, int], registers: tuple[int, ...], raw: bytes, short: int, result: int | None, verbose: bool
) -> None:
    arch, number = chosen
    memory = Noise(raw, short=short)
    table, number = ("x86_64", number | 0x40000000) if arch == "x32" else (arch, number)
    call = decode_syscall(Call(number, registers, table, result, memory, {3: "\udcff<>\n"}), Style(verbose=verbose))
    assert call.name
    assert len(strace_text(call)) < LONGEST
    assert memory.asked < 1 << 21
    assert all(value.text for value in values(call))


@settings(max_examples=300, deadline=None)
@given(
    st.integers(-(1 << 40), 1 << 40),
    st.sampled_from([*numbers.ARCHES, "", "s390x"]),
    st.lists(st.integers(-(1 << 70), 1 << 70), max_size=9),
)
def test_no_number_makes_it_raise(number: int, arch: str, registers: list[int]) -> None:
    assert decode_syscall(Call(number, tuple(registers), arch, None, Noise(b"\x01\x00\xff"))).name


def test_one_call_loads_one_family() -> None:
    program = (
        "import sys; from explorer.decode.syscall import decode_syscall; from explorer.model.trace import Call;"
        "decode_syscall(Call(232, (8, 1, 2, 3)));"
        "print(sorted(m.rpartition('.')[2] for m in sys.modules if m.startswith('explorer.decode.syscall.signatures.')))"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert out.stdout == "['readiness']\n"


@pytest.mark.parametrize("name", ["sendmsg", "sendmmsg", "recvmmsg", "execve", "writev", "vmsplice"])
def test_lists_in_lists_end_somewhere(name: str) -> None:
    """A program can nest more than anybody could hold: each list as long as can be, every item as large as can be."""
    memory = Noise(struct.pack("<QQ", 0x10000, 1 << 20))
    call = syscall(name, 0x10000, 0x10000, 1 << 20, 0, memory=memory, style=Style(4096), result=1 << 20)
    assert len(strace_text(call)) < 1 << 20
    assert memory.asked < 1 << 21
