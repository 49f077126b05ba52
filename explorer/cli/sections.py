"""The parts of a process that procdive show knows.

A new one: one line in SECTIONS. take reads it, Missing where that cannot be had; say makes lines of it; as_json, where
the fact itself is not what a script wants. What they need is imported when they are asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from explorer.model.missing import Missing, Unreadable
from explorer.render.piece import Line, Piece, Role, piece
from explorer.resolve.place import Place
from explorer.resolve.system import System

Lines = tuple[Line, ...]


class Wish(NamedTuple):
    """reveal: secrets are shown."""

    reveal: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """name: what a person types. help: its line in --help."""

    name: str
    help: str
    take: Callable[[System, Place], Any]
    say: Callable[[Any, Wish], Lines]
    as_json: Callable[[Any, Wish], Any] = lambda fact, _: fact


def overview(system: System, at: Place) -> Any:
    from explorer.collect.overview import overview as collect

    return collect(system, at.id)


def overview_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.entries import lines
    from explorer.render.overview import entries

    return lines(entries(fact), full=False)


def some_of(names: tuple[str, ...]) -> Callable[[Any, Wish], Lines]:
    """The entries of the overview with these labels, unfolded."""

    def say(fact: Any, _: Wish) -> Lines:
        from explorer.render.entries import lines
        from explorer.render.overview import entries

        return lines(entry for entry in entries(fact) if entry.label in names)

    return say


def field(*names: str) -> Callable[[Any, Wish], Any]:
    """Fields of the overview."""

    def as_json(fact: Any, _: Wish) -> Any:
        return getattr(fact, names[0]) if len(names) == 1 else {name: getattr(fact, name) for name in names}

    return as_json


def cmdline(system: System, at: Place) -> Any:
    from explorer.collect.argv import argv

    return argv(system, at)


def cmdline_lines(fact: Any, _: Wish) -> Lines:
    """One argument a line, quoted for a shell."""
    from explorer.render.overview.program import title_note
    from explorer.render.process import shell_word

    note = title_note(fact)
    words: Lines = tuple((piece(shell_word(argument)),) for argument in fact.args)
    if fact.rewritten and len(fact.args) == 1:
        words = ((piece(fact.args[0]),),)
    return (*words, note) if note else words


def executable(system: System, at: Place) -> Any:
    from explorer.resolve.executable import executable as resolve

    return resolve(system, at)


def executable_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.executable import executable_line

    return (executable_line(fact),)


def link(name: str) -> Callable[[System, Place], Any]:
    """cwd or root."""

    def take(system: System, at: Place) -> Any:
        from explorer.collect.overview import folder

        return folder(system, at, name)

    return take


def text_lines(fact: Any, _: Wish) -> Lines:
    return ((piece(fact),),)


def environ(system: System, at: Place) -> Any:
    from explorer.collect.environment import environment

    return environment(system, at.id)


def environ_lines(fact: Any, wish: Wish) -> Lines:
    from explorer.render.environment import hide, notes, pair

    shown = tuple(pair(variable, variable.value if hidden else None) for variable, hidden in hide(fact, everything=wish.reveal))
    return (*shown, *notes(fact, 1 << 16))


def environ_json(fact: Any, wish: Wish) -> Any:
    from explorer.render.environment import hide

    return [{"name": one.name, "value": one.value, "masked": hidden} for one, hidden in hide(fact, everything=wish.reveal)]


def status(system: System, at: Place) -> Any:
    from explorer.collect.status import status as collect

    return collect(system, at)


def status_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.status import status_lines as render

    return render(fact)


def signal_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.status import signal_lines as render

    return render(fact.signals)


def limits(system: System, at: Place) -> Any:
    from explorer.collect.limits import limits as collect

    return collect(system, at.id)


def limits_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.limits import line, sheet

    return (sheet(fact, 100).header, *(line(used) for used in fact))


def threads(system: System, at: Place) -> Any:
    from explorer.collect.tasks_of import tasks_of

    return tasks_of(system, at)


def threads_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.tasks import task_lines

    return task_lines(fact)


def memory(*, sizes: bool) -> Callable[[System, Place], Any]:
    """maps or smaps."""

    def take(system: System, at: Place) -> Any:
        from explorer.collect.memory import memory as collect

        found = collect(system, at.id, sizes=sizes)
        return found if isinstance(found, Missing) or not isinstance(found.maps, Missing) else found.maps

    return take


def memory_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.memory import sheet

    made = sheet(fact, 1 << 12)
    return (made.header, *(row.line for row in made.rows), *made.notes, made.summary)


def mounts(system: System, at: Place) -> Any:
    from explorer.decode.proc.mountinfo import decode

    try:
        return decode(system.proc.read(at.path, "mountinfo"))
    except Unreadable as unreadable:
        return unreadable.missing


def mounts_lines(fact: Any, _: Wish) -> Lines:
    from explorer.render.mounts import mount_lines

    return mount_lines(fact)


def auxv(system: System, at: Place) -> Any:
    from explorer.collect.auxv import auxv as collect

    return collect(system, at)


def auxv_lines(fact: Any, _: Wish) -> Lines:
    return tuple((Piece(f"{tag:<22}", Role.SECONDARY), piece(f"{value:#x}" if value > 1 << 20 else value)) for tag, value in fact.items())


def confinement_json(fact: Any, _: Wish) -> Any:
    """With the capabilities of each set by name."""
    from explorer.decode.constants.capabilities import capability_names
    from explorer.render.record import record

    made = record(fact.confinement)
    sets = {name: mask for name, mask in made["capabilities"].items() if isinstance(mask, int)}
    made["capability_names"] = {name: capability_names(mask) for name, mask in sets.items()}
    return made


ORIGIN = ("started by", "container", "parents", "session", "login")
CREDENTIALS = ("user", "group", "groups", "uids inside", "login", "umask")
CONFINEMENT = ("capabilities", "no_new_privs", "seccomp", "AT_SECURE", "label")
USAGE = ("cpu", "memory", "I/O", "page faults", "switches")
SCHEDULING = ("scheduler", "processors", "I/O priority", "timer slack", "oom")
"""Labels of the overview's entries."""

SECTIONS: tuple[Section, ...] = (
    Section("overview", "who it is and what it may do (the default)", overview, overview_lines),
    Section("cmdline", "its arguments, one a line, quoted for a shell", cmdline, cmdline_lines),
    Section("exe", "its executable, and what became of the file", executable, executable_lines),
    Section("cwd", "its working directory", link("cwd"), text_lines),
    Section("root", "its root directory", link("root"), text_lines),
    Section("environ", "the environment it was started with; secrets masked", environ, environ_lines, environ_json),
    Section("status", "/proc/PID/status, masks in words", status, status_lines),
    Section("signals", "pending, blocked, ignored and caught signals", status, signal_lines, lambda fact, _: fact.signals),
    Section("limits", "soft and hard limits, and the use beside them", limits, limits_lines),
    Section("threads", "its threads; what they do: procdive stack", threads, threads_lines),
    Section("maps", "what is mapped", memory(sizes=False), memory_lines),
    Section("smaps", "what is mapped, and how much of it is resident", memory(sizes=True), memory_lines),
    Section("mounts", "what it sees mounted", mounts, mounts_lines),
    Section("parents", "its parents up to process 1, and who started it", overview, some_of(ORIGIN), field("origin")),
    Section("cgroup", "its control groups", overview, some_of(("cgroup",)), field("cgroups")),
    Section("namespaces", "its namespaces, beside ours", overview, some_of(("namespaces",)), field("namespaces")),
    Section("credentials", "users and groups", overview, some_of(CREDENTIALS), field("credentials")),
    Section("capabilities", "capabilities by name, no_new_privs, seccomp", overview, some_of(CONFINEMENT), confinement_json),
    Section("io", "bytes and calls of its input and output", overview, some_of(("I/O",)), lambda fact, _: fact.usage.io),
    Section("usage", "CPU time, memory, I/O, faults, switches", overview, some_of(USAGE), field("usage")),
    Section("sched", "scheduler, processors, I/O priority, out of memory", overview, some_of(SCHEDULING), field("scheduling", "oom")),
    Section("auxv", "the auxiliary vector", auxv, auxv_lines),
)
