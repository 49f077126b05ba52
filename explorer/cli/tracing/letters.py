"""strace's letters that need no option of their own: those that ask for nothing here, and those that are refused with a reason."""

import argparse
from typing import Any, Final

IGNORED: Final = {
    "-F": "what the process starts is followed anyway, as with -f",
    "-D": "the tracer is a process beside the traced one anyway",
    "--seccomp-bpf": "a way of strace's to be quicker",
    "-w": "a summary's times are wall-clock anyway",
    "--summary-wall-clock": "a summary's times are wall-clock anyway",
}
"""Taken, and nothing done: it is so anyway. strace's manual page has them all."""
REFUSED: Final = {
    "-O": "(what tracing costs, taken off) is not offered: times are as they were measured; engine bpf hardly adds any",
    "--summary-syscall-overhead": "(what tracing costs, taken off) is not offered: times are as they were measured",
    "-i": "(where in the program the call was made) is not taken; procdive stack PID says what each thread does",
    "-k": "(the program's stack at each call) is not taken; procdive stack PID has the kernel's",
    "-b": "(detach at execve) is not offered; --seconds and --events end a trace",
    "-d": "is strace's debugging of itself",
    "-E": "would change the environment: procdive trace -- env VAR=VALUE COMMAND does it",
    "-u": "would run the command as somebody else: sudo -u USER procdive trace -- COMMAND does it",
    "-I": "would keep Ctrl-C from ending the trace; here Ctrl-C always lets go, and goes to a COMMAND that was started",
    "-N": "(names of arguments) is not offered; --json has each argument by its name",
    "-V": "is procdive --version",
    "-X": "(flags as numbers) is not offered; --json has each argument's number, and -e raw=CALLS shows registers",
    "-Y": "(names of pids) is not offered; procdive ps PID says who it is",
    "--tips": "is for strace",
}
"""What is asked and cannot be had, and what does it instead."""


class Refused(argparse.Action):
    """An option that ends with wrong usage and the reason."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:  # noqa: ARG002
        parser.exit(2, f"procdive: trace {refusal(option or '')}\n")


def refusal(letter: str) -> str:
    """The sentence."""
    return f"{letter} {REFUSED[letter]}"


def add(parser: argparse.ArgumentParser) -> None:
    """Both kinds, without a place in --help."""
    for option in IGNORED:
        parser.add_argument(option, action="store_true", dest="ignored", help=argparse.SUPPRESS)
    parser.add_argument("-f", "--follow-forks", dest="forks", action="count", default=0, help=argparse.SUPPRESS)
    parser.add_argument("--output-separately", dest="separately", action="store_true", help=argparse.SUPPRESS)
    for option in REFUSED:
        parser.add_argument(option, nargs="?", action=Refused, help=argparse.SUPPRESS)


def separate(options: argparse.Namespace) -> bool:
    """-ff with -o FILE: each thread into a file of its own. Without a file it is -f, as with strace."""
    asked = getattr(options, "forks", 0) > 1 or getattr(options, "separately", False)
    return asked and options.output not in {None, "-"}
