"""Events as strace prints them."""

from explorer.model.batch import Birth
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished, What
from explorer.model.trace import Syscall, Value
from explorer.render.piece import Role, plain
from explorer.render.trace import Look, Printer, clock, span, undecoded

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND + 123_456_789
FD = Value(3, "3", (), "fd", "/x")
BUFFER = Value(0x7F00, '"abc"', (), "string")
ADDRESS = Value(0x7F00, "0x7f00", (), "address")
COUNT = Value(10, "10")
READ = Syscall("read", (("fd", FD), ("buf", BUFFER), ("count", COUNT)), Value(3, "3"))
READING = Unfinished(Syscall("read", (("fd", FD), ("buf", ADDRESS), ("count", COUNT))))
FAILED = Syscall("close", (("fd", Value(9, "9", (), "fd")),), Value(-9, "-1", note="Bad file descriptor"), "EBADF")
EXITING = Unfinished(Syscall("exit_group", (("status", Value(0, "0")),)), ended=True)


def event(what: What, tid: int = 812, time: int = START, took: int | None = 5_000) -> TraceEvent:
    return TraceEvent(time, tid, 812, what, took)


def text(printer: Printer, what: What, tid: int = 812, time: int = START, number: int = 0) -> str:
    return plain(printer.line(event(what, tid, time), number))


def test_results_stand_under_each_other() -> None:
    assert text(Printer(), READ) == 'read(3</x>, "abc", 10)                  = 3'
    assert text(Printer(Look(column=1)), READ) == 'read(3</x>, "abc", 10) = 3'


def test_a_failure_is_marked() -> None:
    line = Printer(Look(column=0)).line(event(FAILED))
    assert plain(line) == "close(9) = -1 EBADF (Bad file descriptor)"
    assert line[1].role is Role.FAILED


def test_the_pid_is_there_as_soon_as_there_are_several() -> None:
    printer = Printer(threads=frozenset({812}))
    assert text(printer, READ).startswith("read(")
    text(printer, Started(900, Birth.FORK))
    assert text(printer, READ).startswith("[pid   812] read(")
    assert text(printer, Exited(0), 900) == "[pid   900] +++ exited with 0 +++"
    assert text(printer, READ).startswith("read(")


def test_a_child_that_ends_before_its_birth_is_told() -> None:
    printer = Printer(threads=frozenset({812}))
    text(printer, Exited(0), 900)
    printer.saw(event(Started(900, Birth.FORK)))
    assert text(printer, READ).startswith("read(")


def test_only_threads_count_where_children_are_not_followed() -> None:
    printer = Printer(Look(follow=False), frozenset({812}))
    printer.saw(event(Started(900, Birth.FORK)))
    assert text(printer, READ).startswith("read(")
    printer.saw(event(Started(813, Birth.THREAD)))
    assert text(printer, READ).startswith("[pid   812] read(")


def test_files_have_a_column_of_pids() -> None:
    assert text(Printer(Look(ids="always")), READ) == '812   read(3</x>, "abc", 10)            = 3'
    assert text(Printer(Look(ids="never"), frozenset({1, 2})), READ).startswith("read(")


def test_a_call_in_flight_and_its_end() -> None:
    printer = Printer()
    assert text(printer, READING) == "read(3</x>,  <unfinished ...>"
    assert text(printer, READ) == '<... read resumed>"abc", 10)            = 3'


def test_a_call_in_flight_with_its_age() -> None:
    line = Printer(Look(took=True)).line(TraceEvent(START, 812, 812, READING, 2 * SECOND))
    assert plain(line) == "read(3</x>,  <unfinished ...> <2.000000>"


def test_calls_that_never_return() -> None:
    assert text(Printer(), EXITING) == "exit_group(0)                           = ?"
    killed = Unfinished(READING.call, ended=True)
    assert text(Printer(Look(column=0)), killed) == "read(3</x>,  <unfinished ...>) = ?"
    printer = Printer(Look(column=0))
    text(printer, READING)
    assert text(printer, killed) == "<... read resumed> <unfinished ...>) = ?"
    assert printer.flying == {}


def test_who_is_still_in_a_call_at_the_end() -> None:
    printer = Printer()
    text(printer, READING)
    assert [plain(line) for line in printer.rest(START)] == ["<... read resumed> <detached ...>"]
    assert printer.rest(START) == []


def test_what_is_no_call() -> None:
    said: list[What] = [
        Signal(10, "SIGUSR1", Value(0, "{si_signo=SIGUSR1, si_code=SI_USER, si_pid=1, si_uid=0}")),
        Stopped(19, "SIGSTOP"),
        Exited(3),
        Exited(None, "SIGSEGV", core=True),
        Exited(None, "SIGKILL"),
        Superseded(813),
        Lost(1),
        Lost(20),
        Notice("the tracer process was killed"),
    ]
    assert [text(Printer(), what) for what in said] == [
        "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=1, si_uid=0} ---",
        "--- stopped by SIGSTOP ---",
        "+++ exited with 3 +++",
        "+++ killed by SIGSEGV (core dumped) +++",
        "+++ killed by SIGKILL +++",
        "+++ superseded by execve in pid 813 +++",
        "--- 1 event lost ---",
        "--- 20 events lost ---",
        "--- the tracer process was killed ---",
    ]
    assert text(Printer(threads=frozenset({812})), Started(2, Birth.THREAD)) == "--- started thread 2 ---"


def test_times() -> None:
    assert text(Printer(Look(clock="epoch", column=0)), FAILED).startswith("1700000000.123456 close(9) =")
    printer = Printer(Look(since=True, column=0))
    assert text(printer, FAILED).startswith("     0.000000 close(9)")
    assert text(printer, FAILED, time=START + SECOND + 2_000).startswith("     1.000002 close(9)")
    both = Printer(Look(clock="epoch", since=True, column=0))
    assert text(both, FAILED).startswith("1700000000.123456 (+     0.000000) close(9)")
    assert text(Printer(Look(took=True, column=0)), FAILED).endswith(" = -1 EBADF (Bad file descriptor) <0.000005>")
    assert text(Printer(Look(numbers=True, column=0)), FAILED, number=3).startswith("[   3] close(9)")


def test_a_resumed_line_has_the_time_of_the_end() -> None:
    printer = Printer(Look(clock="epoch"))
    text(printer, READING)
    line = printer.line(TraceEvent(START, 812, 812, READ, SECOND))
    assert plain(line).startswith("1700000001.123456 <... read resumed>")


def test_the_clock() -> None:
    assert clock(START, "microsecond").endswith(".123456")
    assert len(clock(START, "second")) == len("14:22:04")
    assert clock(1 << 90, "second").isdecimal()
    assert span(-1_500_000_000, 6) == "    -1.500000"


def test_text_in_hexadecimal() -> None:
    assert text(Printer(Look(column=0, hex=1)), READ) == 'read(3</x>, "abc", 10) = 3'
    assert text(Printer(Look(column=0, hex=2)), READ) == 'read(3<\\x2f\\x78>, "\\x61\\x62\\x63", 10) = 3'


def test_registers_instead_of_words() -> None:
    assert text(Printer(Look(column=0)), undecoded(READ)) == "read(0x3, 0x7f00, 0xa) = 3"


def test_what_strangers_chose_cannot_move_the_terminal() -> None:
    odd = Syscall("close", (("fd", Value(3, "3", (), "fd", "/tmp/\x1b[2J\n")),), Value(0, "0"))
    line = text(Printer(Look(column=0)), odd)
    assert "\x1b" not in line
    assert "\n" not in line
