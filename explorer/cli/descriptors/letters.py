"""lsof's letters: those that select, those that ask for nothing here, and those that are refused with a reason."""

import argparse
from typing import Any, Final, NamedTuple


class Letter(NamedTuple):
    """An option that selects. metavar: "" where it takes no value; in brackets where it may."""

    option: str
    dest: str
    metavar: str
    meaning: str


PROCESSES: Final = (
    Letter("-p", "pids", "PID[,^PID…]", "these; with ^ not these"),
    Letter("-c", "names", "NAME", "whose command begins so, or fits /regular expression/[bix]; ^NAME: not these"),
    Letter("-u", "users", "USER[,^USER…]", "of these users, by name or uid; with ^ not of these"),
    Letter("-g", "pgrps", "PGRP[,^PGRP…]", "of these process groups; with ^ not of these"),
)
THINGS: Final = (
    Letter(
        "-i", "inet", "[[46][PROTOCOL][@ADDRESS][:PORT|:STATE]]", "internet sockets, or some, by family, protocol, address, port, state"
    ),
    Letter("-s", "states", "[TCP:STATE[,…]]", "of TCP sockets those in a state; TCP:^STATE: those in any other"),
    Letter("-U", "unix", "", "unix sockets"),
    Letter("-N", "nfs", "", "files on NFS"),
    Letter("-d", "numbers", "FD[,FD…]", "by number: 0-2,7; fd: any; cwd, rtd, txt, mem, DEL; all with ^: not these"),
    Letter("+D", "trees", "FOLDER", "files open in a folder and below it"),
    Letter("+d", "folders", "FOLDER", "in the folder itself"),
    Letter("-x", "across", "[f|l]", "+D and +d go on where another file system is mounted"),
    Letter("+L", "links", "N", "files that have fewer names than N: +L1 are the deleted ones, and memory"),
    Letter("--deleted", "deleted", "", "files whose name is gone, open or mapped"),
    Letter("-f", "alone", "", "a FILE is never a whole file system"),
    Letter("+f", "whole", "", "a FILE is always one"),
    Letter("--filter", "filter", "TEXT", "of all that, only the rows that match (see below)"),
)
IGNORED: Final = {
    "-n": "hosts are never looked up",
    "-P": "ports are never looked up",
    "-w": "there are no warnings but those that matter",
    "+w": "there are no warnings but those that matter",
    "-b": "nothing here blocks: what may is asked with a deadline",
    "-O": "what may block is asked by a process beside",
    "-C": "there is no cache of names",
    "-l": "rows have no user",
    "-o": "positions are shown where they matter; --json has each",
    "-E": "who is at the other end is always shown",
    "-V": "what matched nothing is always said",
    "-M": "no port mapper is asked",
    "+M": "no port mapper is asked",
    "-H": "sizes are for people anyway; --json has bytes",
    "-L": "links are counted only with +L",
}
"""Taken, and nothing done: it is so anyway."""
VALUED: Final = {
    "-T": "queues and states are always shown",
    "-S": "each read that may block has half a second anyway",
    "+c": "commands have all that the kernel keeps of them",
    "-K": "a thread's descriptors are those of its process, but for very few programs",
}
"""Likewise, with a value."""
REFUSED: Final = {
    "-F": "(fields) is not offered: --json has every fact, one object a line",
    "-R": "(parents' pids) is not offered: procdive ps -p PID has them",
    "-Z": "(security contexts) is not offered: procdive show PID credentials has the process's",
    "-X": "(no TCP and UDP) is not offered: --filter '!kind:tcp !kind:udp' does it",
    "-A": "is for AFS",
    "-k": "is for other systems",
    "-m": "is for other systems",
    "+m": "is for other systems",
    "-D": "is for a cache that is not needed here; a folder's tree is +D",
    "-e": "is not needed: what does not answer is asked once, with a deadline",
    "+e": "is not needed: what does not answer is asked once, with a deadline",
    "+E": "(files of the other end, too) is not offered: the row names its process, and procdive fds PID has them",
    "-v": "is procdive --version",
    "-J": "is --json",
}
"""What is asked and cannot be had, and what does it instead."""


class Refused(argparse.Action):
    """An option that ends with wrong usage and the reason."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:  # noqa: ARG002
        parser.exit(2, f"procdive: fds {option} {REFUSED[option or '']}\n")


class Repeat(argparse.Action):
    """-r or +r, and its seconds."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:  # noqa: ARG002
        setattr(namespace, self.dest, ((option or "-")[0], values or ""))


def add(parser: argparse.ArgumentParser) -> None:
    """All of them."""
    # lsof's +D is an option too.
    parser.prefix_chars = "-+"
    for title, letters in (("which processes", PROCESSES), ("which of what they hold", THINGS)):
        group = parser.add_argument_group(title)
        for letter in letters:
            group.add_argument(letter.option, dest=letter.dest, help=letter.meaning, **taking(letter.metavar))
    parser.add_argument(
        "-a", "+a", dest="together", action="store_true", help="AND these options; without it they are alternatives, as in lsof"
    )
    parser.add_argument("-t", dest="terse", action="store_true", help="only the PIDs, one a line")
    parser.add_argument("-Q", dest="quiet", action="store_true", help="that something matches nothing is not said, and no failure")
    again = "again every S seconds (15), C times; +r: until there is nothing"
    parser.add_argument("-r", "+r", dest="repeat", action=Repeat, nargs="?", metavar="S[cC]", help=again)
    for option in IGNORED:
        parser.add_argument(option, action="store_true", dest="ignored", help=argparse.SUPPRESS)
    for option in VALUED:
        parser.add_argument(option, nargs=None if option == "+c" else "?", dest="ignored", help=argparse.SUPPRESS)
    for option in REFUSED:
        parser.add_argument(option, nargs="?", action=Refused, help=argparse.SUPPRESS)


def taking(metavar: str) -> dict[str, Any]:
    """How argparse is told: a flag, or a value as often as one likes, which in brackets may be missing."""
    if not metavar:
        return {"action": "store_true"}
    some: dict[str, Any] = {"action": "append", "default": []}
    if metavar.startswith("[") and metavar.endswith("]"):
        return {**some, "nargs": "?", "const": "", "metavar": metavar[1:-1]}
    return {**some, "metavar": metavar}
