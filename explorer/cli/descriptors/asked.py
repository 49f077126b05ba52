"""What the options of procdive fds ask for: a selection, and of which processes."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from explorer.cli.targets import process_of, targets
from explorer.model.missing import Missing
from explorer.query import terms
from explorer.query.inet import NotUnderstood
from explorer.query.selection import Selection, Term
from explorer.query.thing import Owner, Thing
from explorer.resolve.comm import comm
from explorer.resolve.names import Names
from explorer.resolve.system import System

Row = Callable[[Owner, Thing], bool]


PROCESSES = frozenset({"-p", "-c", "-u", "-g"})


class Asked(NamedTuple):
    """selection: of what processes hold. pids: of these alone, as words said it; None for all. single: those that were asked for one by
    one. filter: what --filter leaves. missing, remarks: what a person should know first. anything: whether anything was asked for.
    """

    selection: Selection
    pids: tuple[int, ...] | None = None
    single: frozenset[int] = frozenset()
    anything: bool = False
    filter: Row | None = None
    missing: tuple[Missing | str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def of_one(self) -> bool:
        """Whether it is about a single process."""
        if self.pids is not None:
            return len(self.pids) < 2
        terms = self.selection.terms
        only = self.selection.together or all(term.sort in PROCESSES for term in terms)
        return only and [term.sort for term in terms if term.sort in PROCESSES] == ["-p"]


def asked(options: argparse.Namespace, system: System) -> Asked:
    """Raises NotUnderstood. Blocks for a few deadlines where a file is named."""
    found: list[Term] = []
    missing: list[Missing | str] = []
    remarks: list[str] = []
    not_owner: list[Callable[[Owner], bool]] = []
    not_thing: list[Callable[[Thing], bool]] = []
    single: list[int] = []
    pids = terms.split(options.pids, "-p")
    for number in terms.numbers(pids.wanted, "-p"):
        pid = process_of(system, str(number))
        if isinstance(pid, int):
            found.append(terms.pid(pid))
            single.append(pid)
            if pid != number:
                remarks.append(f"{number} is a thread of {pid} {comm(system.proc, pid)}".rstrip())
        else:
            # Said already; without its term all others would be meant.
            found.append(replace(terms.pid(number), nothing=""))
            missing.append(pid)
    not_owner += [terms.pid(number).owner or no for number in terms.numbers(pids.denied, "-p")]
    pgrps = terms.split(options.pgrps, "-g")
    found += [terms.pgrp(number) for number in terms.numbers(pgrps.wanted, "-g")]
    not_owner += [terms.pgrp(number).owner or no for number in terms.numbers(pgrps.denied, "-g")]
    users = terms.split(options.users, "-u")
    found += [terms.user(word) for word in users.wanted]
    not_owner += [terms.is_user(word) for word in users.denied]
    for text in options.names:
        if text.startswith("^"):
            not_owner.append(terms.is_command(text[1:]))
        else:
            found.append(terms.command(text))
    numbers = terms.descriptors(options.numbers)
    found += [numbers.term] if numbers.term else []
    not_thing += [numbers.denied] if numbers.denied else []
    found += sockets(options, system)
    not_thing += [terms.states(text) for text in options.states if text]
    found += files(options)
    words, paths = list(options.targets), [word for word in options.targets if "/" in word]
    found += named(options, system, paths)
    chosen = targets(system, [word for word in words if word not in paths]) if len(words) > len(paths) else None
    if chosen is not None:
        missing += [hinted(system, wrong) for wrong in chosen.missing]
        remarks += chosen.remarks
    selection = Selection(tuple(found), tuple(not_owner), tuple(not_thing), bool(options.together), bool(options.busy))
    anything = bool(options.all or words or found or not_owner or not_thing or options.filter or missing)
    within = chosen.pids if chosen is not None else None
    return Asked(selection, within, frozenset(within or single), anything, row_filter(options, system), tuple(missing), tuple(remarks))


def sockets(options: argparse.Namespace, system: System) -> list[Term]:
    """-i, -U, and -s where nothing else is asked: whoever writes -s TCP:LISTEN alone means -i TCP with it."""
    names = Names(system.reader)
    found = [terms.network(text, names) for text in options.inet]
    found += [terms.unix()] if options.unix else []
    alone = not (found or any((options.pids, options.names, options.users, options.pgrps, options.numbers, options.nfs, options.links)))
    if any(options.states) and alone and not (options.trees or options.folders or options.deleted):
        found.append(terms.network("tcp"))
    return found


def files(options: argparse.Namespace) -> list[Term]:
    """-N, +L, --deleted."""
    found = [terms.nfs()] if options.nfs else []
    found += [terms.links(text) for text in options.links]
    return [*found, terms.deleted()] if options.deleted else found


def named(options: argparse.Namespace, system: System, paths: Iterable[str]) -> list[Term]:
    """Files, +D, +d. Raises NotUnderstood."""
    paths = list(paths)
    if not (paths or options.trees or options.folders):
        return []
    from explorer.collect.named import file, tree

    across = any(not letters or "f" in letters for letters in options.across)
    found = [
        *(file(system, path, alone=options.alone, whole=options.whole) for path in paths),
        *(tree(system, path, deep=True, across=across) for path in options.trees),
        *(tree(system, path, deep=False, across=across) for path in options.folders),
    ]
    for term in found:
        if isinstance(term, str):
            raise NotUnderstood(term)
    return [term for term in found if isinstance(term, Term)]


def row_filter(options: argparse.Namespace, system: System) -> Row | None:
    """--filter. Raises NotUnderstood."""
    if not options.filter:
        return None
    from explorer.query.descriptors import parse
    from explorer.query.processes import Wrong

    found = parse(" ".join(options.filter), Names(system.reader))
    if isinstance(found, Wrong):
        raise NotUnderstood(f"--filter: {found.message}")
    return found


def hinted(system: System, wrong: Missing | str) -> Missing | str:
    """A word that is no process may be a file here."""
    if isinstance(wrong, str) and (name := wrong.removeprefix("no process is called ").partition(";")[0]) != wrong:
        from explorer.model.missing import Unreadable
        from explorer.resolve.real import here

        try:
            system.reader.lstat(f"{here()}/{name}")
        except (Unreadable, ValueError):
            return wrong
        return f"{wrong}; a file is written with a slash: ./{name}"
    return wrong


def no(_: Owner) -> bool:
    """None."""
    return False
