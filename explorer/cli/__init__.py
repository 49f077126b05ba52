"""Commands: one file each, named as the command, loaded only when it is asked for.

A new command: one file here with `arguments(parser)` and `run(options, system, out) -> int`, and one line in COMMANDS.
arguments gives the parser its options and, in its epilog, examples that teach. run returns the exit status: 0 done,
1 nothing matched or could not be read (one line on stderr says why and what would help), 2 wrong usage. It prints with
`out` (output.py) only. What several commands share stands in output.py and targets.py.
"""

from typing import NamedTuple


class Command(NamedTuple):
    """name: what a person types; also the module, explorer.cli.NAME. summary: its line in --help.

    starts: what stands behind -- is a program of the user's (options.command; None where there is no --).
    """

    name: str
    summary: str
    starts: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("access", "which files and sockets processes use, and what they do with them", starts=True),
    Command("doctor", "what works on this machine, what does not, and what would make it work"),
    Command("fds", "every descriptor of a process, decoded, with who is at the other end"),
    Command("peek", "what stands where a process reads or writes, and a copy of its file, of a deleted one too"),
    Command("ps", "the tree of processes, with the columns of ps -ef"),
    Command("show", "what /proc says of a process, in words: who it is, what it may do, what it uses"),
    Command("stack", "what each thread does, since when, what it waits for, and its kernel stack"),
    Command("summary", "where the time of system calls goes, as strace -c counts them", starts=True),
    Command("syscall", "a system call by number or name, with its arguments"),
    Command("trace", "system calls as they happen, as strace -f -y prints them", starts=True),
    Command("who", "who has a file, a folder's tree, a file system, a pipe, a socket, a port, and how"),
)
