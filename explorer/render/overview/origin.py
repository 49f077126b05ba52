"""Where it comes from: who started it, its parents, session and login, its control group."""

from explorer.model.missing import Missing, Reason
from explorer.model.overview import Overview
from explorer.model.rates import Rates
from explorer.render.entries import Entry, lacking
from explorer.render.missing import sentence
from explorer.render.owner import container_words, unit_words
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sheet import Target


def origin(overview: Overview, rates: Rates | None = None) -> list[Entry]:  # noqa: ARG001
    """From the outside in."""
    come = overview.origin
    found = [started_by(overview)]
    if come.container is not None:
        what = container_words(come.container)
        more: list[Line] = [(piece(f"id {come.container.id}"),)]
        if come.container.pod:
            more.append((piece(f"pod {come.container.pod}"),))
        found.append(Entry("container", (piece(what, Role.NAME), Piece("  by its control group's name", Role.SECONDARY)), tuple(more)))
    found.append(ancestry(overview))
    if session := session_line(overview):
        found.append(Entry("session", session))
    if not isinstance(come.login, Missing) or not isinstance(overview.credentials.loginuid, Missing):
        found.append(login(overview))
    found.append(groups(overview))
    return found


def started_by(overview: Overview) -> Entry:
    """systemd's unit, else the login session, else its parent."""
    unit = overview.origin.unit
    words = unit_words(unit)
    parents = overview.origin.parents
    if overview.kernel_thread:
        return Entry("started by", (piece("the kernel"),))
    if unit.session:
        of = f" of user {unit.uid}" if unit.uid >= 0 else ""
        return Entry("started by", (piece(f"login {words}{of}"), Piece(f"  in {unit.slice}", Role.SECONDARY)))
    if words:
        where = f"  in {unit.slice}" if unit.slice else ""
        return Entry("started by", (piece("systemd, as "), piece(words, Role.NAME), Piece(where, Role.SECONDARY)), copy=words)
    if not parents:
        return Entry("started by", (piece("the kernel" if overview.process.pid == 1 else "nobody that may be seen"),))
    parent = parents[0]
    note = "  or given to it when its parent ended" if parent.pid == 1 else ""
    return Entry("started by", (piece(f"{parent.pid} {parent.comm}"), Piece(note, Role.SECONDARY)), target=Target(parent.pid))


def ancestry(overview: Overview) -> Entry:
    """`811 nginx ← 1 systemd`; Enter goes to the parent."""
    parents = overview.origin.parents
    if not parents:
        return Entry("parents", (piece("none", Role.SECONDARY),))
    line: Line = ()
    for index, ancestor in enumerate(parents):
        line = (*line, *((Piece(" ← ", Role.SECONDARY),) if index else ()), piece(f"{ancestor.pid} {ancestor.comm}"))
    return Entry("parents", line, target=Target(parents[0].pid))


def session_line(overview: Overview) -> Line:
    """Session leader, process group and terminal, where there is more to say than that it is alone."""
    if overview.kernel_thread or not overview.session:
        return ()
    leader, pid = overview.origin.leader, overview.process.pid
    alone = "its own" if overview.session == pid else f"{overview.session}, whose leader has ended"
    parts = [f"led by {leader.pid} {leader.comm}" if leader else alone]
    if overview.pgrp != pid:
        parts.append(f"process group {overview.pgrp}")
    if overview.tty != "?":
        parts.append(f"terminal {overview.tty}")
    return (piece(", ".join(parts)),)


def login(overview: Overview) -> Entry:
    """Who logged in, before any su or sudo."""
    who, number = overview.credentials.loginuid, overview.origin.login
    name = f"as {who.name}" if not isinstance(who, Missing) else "by nobody"
    return Entry("login", (piece(name + ("" if isinstance(number, Missing) else f", audit session {number}")),))


def groups(overview: Overview) -> Entry:
    """One path where all hierarchies agree, else the one that says most; unfolded, each hierarchy."""
    found = overview.cgroups
    if isinstance(found, Missing):
        return lacking("cgroup", found)
    paths = list(dict.fromkeys(group.path for group in found))
    telling = [path for path in paths if path != "/"] or paths[:1]
    if not telling:
        return Entry("cgroup", sentence(Missing(Reason.UNSUPPORTED, "it is in none")))
    gone = any(group.deleted for group in found)
    line: Line = (piece("  ".join(telling)), *((Piece("  deleted", Role.MIND),) if gone else ()))
    more = tuple(
        (
            Piece(f"{','.join(group.controllers) or 'version 2':<20} ", Role.SECONDARY),
            piece(group.path + ("  deleted" if group.deleted else "")),
        )
        for group in found
    )
    return Entry("cgroup", line, more if len(found) > 1 else (), "\n".join(telling))
