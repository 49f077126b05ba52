"""procdive show: what /proc says of processes, in words or as JSON."""

import argparse

from explorer.cli.output import Output
from explorer.cli.sections import SECTIONS, Section, Wish
from explorer.cli.targets import targets
from explorer.model.missing import Missing
from explorer.render.missing import sentence
from explorer.render.piece import Role, piece
from explorer.render.record import record
from explorer.resolve.place import Place, place
from explorer.resolve.system import System

EXAMPLES = """sections:
{sections}

examples:
  procdive show 812                     who it is, where it comes from, what it may do, what it uses
  procdive show nginx exe cwd           of all processes of that name, two sections
  procdive show 812 environ --reveal    with what looks like a secret
  procdive show 812 limits threads --json

What may not be read says so in its place. Exit status: 0 done, 1 the process is gone or nothing of it may be read, 2 wrong usage
"""
NAMES = {section.name: section for section in SECTIONS}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES.format(sections="\n".join(f"  {section.name:<13} {section.help}" for section in SECTIONS))
    parser.add_argument("words", nargs="*", metavar="PID|NAME|SECTION", help="processes by PID, thread id or name; sections")
    parser.add_argument("-p", dest="pids", action="append", default=[], metavar="PID[,PID…]", help="these processes")
    parser.add_argument("-c", dest="names", action="append", default=[], metavar="NAME", help="processes of this name")
    parser.add_argument("--reveal", action="store_true", help="show environment variables that look like secrets")


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print them; the exit status."""
    sections = tuple(NAMES[word] for word in dict.fromkeys(options.words) if word in NAMES) or SECTIONS[:1]
    words = [word for word in options.words if word not in NAMES]
    if not words and not options.pids and not options.names:
        out.complain("which process? procdive show PID [SECTION…], or procdive show --help")
        return 2
    found = targets(system, words, options.pids, options.names)
    for complaint in (*found.missing, *found.remarks):
        out.complain(complaint)
    shown = [one(system, pid, sections, options, out, alone=len(found.pids) == 1) for pid in found.pids]
    return 0 if any(shown) and not found.missing else 1


def one(system: System, pid: int, sections: tuple[Section, ...], options: argparse.Namespace, out: Output, *, alone: bool) -> bool:
    """One process. Whether anything of it could be read."""
    at = place(system, pid)
    if isinstance(at, Missing):
        out.complain(at)
        return False
    wish = Wish(options.reveal)
    taken = {take: take(system, at) for take in dict.fromkeys(section.take for section in sections)}
    facts = {section: taken[section.take] for section in sections}
    had = any(not isinstance(fact, Missing) for fact in facts.values())
    if options.json:
        out.record(as_record(at, facts, wish))
        return had
    if not alone:
        out.line((piece(f"{pid} {at.stat.comm}", Role.TITLE),))
    for section, fact in facts.items():
        if len(facts) > 1:
            out.line((piece(section.name, Role.TITLE),))
        for line in section.say(fact, wish) if not isinstance(fact, Missing) else (sentence(fact),):
            out.line(line)
    return had


def as_record(at: Place, facts: dict[Section, object], wish: Wish) -> dict[str, object]:
    """One object a process; what could not be read is an object that says why."""
    said = {section.name: fact if isinstance(fact, Missing) else section.as_json(fact, wish) for section, fact in facts.items()}
    return {"pid": at.id.pid, "start": at.id.start, "comm": at.stat.comm, **{name: record(fact) for name, fact in said.items()}}
