"""procdive fds: every descriptor of processes, decoded, with who is at the other end. It takes lsof's options."""

import argparse
import re
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from explorer.cli.descriptors import letters, plainly
from explorer.cli.descriptors.asked import Asked, asked
from explorer.cli.descriptors.table import Moved, Table
from explorer.cli.descriptors.taken import Told, taken
from explorer.cli.output import Output
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason
from explorer.query.inet import NotUnderstood
from explorer.query.thing import Owner, Thing
from explorer.render.piece import piece
from explorer.resolve.system import System

if TYPE_CHECKING:
    from explorer.cli.descriptors.order import Order
    from explorer.collect.advance import Advance

EXAMPLES: Final = """examples:
  procdive fds 812                 everything that process 812 has open
  procdive fds nginx               of all processes of that name
  procdive fds nginx -i            of those, the internet sockets
  procdive fds --all --sort size   of all processes, the largest first
  procdive fds -i tcp:443          who talks to or listens on port 443; also :443,LISTEN  @10.0.0.0/8  6  udp:domain
  procdive fds /var/log/syslog     who has this file: open, mapped, as working directory …
  procdive fds /home               a mount point: everything on that file system; +D FOLDER: everything below
  procdive fds +L1                 files that are deleted and still open or mapped
  procdive fds -a -u www-data -U   unix sockets of that user
  procdive fds -t /srv             only the PIDs, for a script
  procdive fds --filter 'kind:regular size>100M !comm:postgres'

PID and NAME narrow: everything else is looked for within them. lsof's options are alternatives to each other, as in
lsof: -p 812 -i is all of 812, and the internet sockets of all; with -a it is the internet sockets of 812. Two of the
same letter are always alternatives, and what has a ^ is left out before all else.

A row: number, kind, access, what it is; size, queue (unread/unsent bytes, of a listener waiting/backlog), who is at
the other end, who else has it. Working directories (cwd), roots, executables (exe) and mapped files (mem) have rows
where files are asked for (FILE, +D, -N, +L, --deleted, -d), or with --busy everywhere. Without a name service: hosts and
services by /etc/hosts and /etc/services alone.

--filter: words in what a row says; kind:tcp :443 state:LISTEN path:/var fs:nfs4 mount:/home user:x comm:x pid:8 fd:3 rw:w
  size>1M pos>0 queue>0 links<1 peer:x also:x is:deleted (locked listening shared connected); ! denies; all must hold
exit status: 0 done, 1 something that was asked for matched nothing or may not be read (see -Q), 2 wrong usage
docs/coming-from-lsof.md has the flags of lsof, lsfd and ss beside these.
"""
NOT_SAID: Final = "of which process? procdive fds PID, procdive fds NAME, or procdive fds --all"
SORTED_BY: Final = "by pid, command, user, fd, kind, name, size, position, queue or shared; --sort=-fd: the largest first"
AS_FAR: Final = ", as far as may be seen"
END_OF_ROUND: Final = "======="
REPEAT: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)?(?:c(\d{1,9}))?", re.ASCII)
FIFTEEN: Final = 15
"""Seconds between two listings, as with lsof."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("targets", nargs="*", metavar="PID|NAME|FILE", help="processes; what has a slash in it is a file")
    parser.add_argument("--all", action="store_true", help="all processes")
    parser.add_argument("--busy", action="store_true", help="cwd, root, exe and mapped files too, of all that is shown")
    parser.add_argument(
        "--sort",
        metavar="[-]KEY",
        help="by pid, command, user, fd, kind, name, size, position, queue or shared; --sort=-fd: the largest first",
    )
    letters.add(parser)


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print them; the exit status."""
    try:
        wish = asked(options, system)
        order = ordered(options.sort)
        rounds = repeating(options.repeat)
    except NotUnderstood as wrong:
        out.complain(str(wrong))
        return 2
    if not wish.anything:
        out.complain(NOT_SAID)
        return 2
    if not options.quiet:
        for remark in (*wish.remarks, *wish.missing):
            out.complain(remark)
    if rounds is None:
        return once(options, system, out, wish, order)[0]
    return again(options, system, out, wish, order, rounds)


def once(
    options: argparse.Namespace, system: System, out: Output, wish: Asked, order: "Order | None", advance: "Advance | None" = None
) -> tuple[int, int]:
    """One listing: the exit status, and how many rows there were. advance: what moved since the last one is told."""
    told = Told()
    if order is None and advance is None and not options.terse and plainly.fits(wish, out):
        plainly.show(system, out, told)
        return closing(options, out, wish, told), told.shown
    rows = taken(system, wish, told, peers=not options.terse or wish.selection.asks_for_sockets or wish.filter is not None)
    if options.terse:
        for owner, _ in rows:
            out.line((piece(str(owner.pid)),))
    else:
        moved: Moved = {}
        if advance is not None:
            rows = noted(rows, advance, moved)
        table = Table(out, several=not wish.of_one, keepings=bool(wish.selection.ways), moved=moved)
        if out.json_lines:
            from explorer.collect.closely import closely

            rows = ((owner, closely(system, owner.pid, things)) for owner, things in rows)
        for owner, things in rows if order is None else order.sorted(rows):
            table.print(owner, things)
    return closing(options, out, wish, told), told.shown


def closing(options: argparse.Namespace, out: Output, wish: Asked, told: Told) -> int:
    """What there was not, in words; the exit status."""
    for missing in told.failed:
        out.complain(missing)
    for owner in told.empty:
        out.complain(f"{owner.pid} {owner.comm} has no descriptor open")
    unmet = [term for index, term in enumerate(wish.selection.terms) if index not in told.met]
    narrowed = bool(wish.selection.terms or wish.selection.not_thing or wish.selection.not_owner or wish.filter)
    if not options.quiet:
        if wish.selection.together and unmet and not told.shown and len(wish.selection.terms) > 1:
            said = " ".join(term.option for term in wish.selection.terms)
            out.complain(f"nothing meets all of {said}; without -a they are alternatives")
        else:
            for term in unmet if wish.pids != () else ():
                if term.nothing:
                    out.complain(f"{term.option}: {term.nothing}{AS_FAR if told.denied else ''}")
        if narrowed and not told.shown and not unmet and not told.failed and not wish.missing:
            out.complain("no descriptor matches")
    if told.denied:
        out.complain(Missing(Reason.DENIED, f"the descriptors of {processes(told.denied)}", "run as root to see them all"))
    if told.silent:
        out.complain(Missing(Reason.TIMED_OUT, f"the mapped files of {processes(told.silent)}"))
    if told.failed:
        return 1
    if options.quiet:
        return 0
    return 0 if not unmet and not wish.missing and (told.shown or (not narrowed and not told.denied)) else 1


def processes(count: int) -> str:
    """So many."""
    return f"{count} process{'' if count == 1 else 'es'}"


def again(options: argparse.Namespace, system: System, out: Output, wish: Asked, order: "Order | None", every: "Every") -> int:
    """One listing after the other, a line between them; with +r until there is nothing."""
    from explorer.collect.advance import Advance

    ever, rounds, advance = False, 0, Advance()
    while True:
        _, shown = once(options, system, out, wish, order, advance)
        ever, rounds = ever or shown > 0, rounds + 1
        if (every.until_nothing and not shown) or rounds == every.times:
            return 0 if ever else 1
        if not out.json_lines:
            out.line((piece(END_OF_ROUND),))
        out.out.flush()
        time.sleep(every.seconds)


def noted(rows: Iterable[tuple[Owner, list[Thing]]], advance: "Advance", moved: Moved) -> Iterator[tuple[Owner, list[Thing]]]:
    """The same rows; what moved is put where the table finds it."""
    for owner, things in rows:
        found = advance.take(owner.pid, (thing for thing in things if isinstance(thing, Fd)))
        moved.update(((owner.pid, number), progress) for number, progress in found.items())
        yield owner, things


def ordered(text: str | None) -> "Order | None":
    """--sort. Raises NotUnderstood."""
    if not text:
        return None
    from explorer.cli.descriptors.order import sorting

    return sorting(text)


class Every(NamedTuple):
    """-r: seconds between two listings, how many at most (0: no end), and whether they end when there is nothing."""

    seconds: float
    times: int = 0
    until_nothing: bool = False


def repeating(asked: tuple[str, str] | None) -> Every | None:
    """-r 2, +r 2, -r2c5. Raises NotUnderstood."""
    if asked is None:
        return None
    sign, text = asked
    found = REPEAT.fullmatch(text)
    if not found:
        raise NotUnderstood(f"{sign}r {text}: want seconds, as in -r 2, or -r 2c5 for five times; processes and files stand before it")
    return Every(float(found[1] or FIFTEEN), int(found[2] or 0), sign == "+")
