"""How the machine treats it: scheduler, processors, I/O priority, what happens when memory runs out, core dumps."""

from typing import Final

from explorer.decode.proc.coredump_filter import decode as decode_filter
from explorer.model.missing import Missing
from explorer.model.overview import Overview
from explorer.model.rates import Rates
from explorer.render.entries import Entry, lacking, listed
from explorer.render.missing import sentence
from explorer.render.piece import Line, Piece, Role, piece

IO_CLASSES: Final = {0: "as nice says", 1: "realtime", 2: "best-effort", 3: "idle"}
USUAL_DUMP: Final = 0x33
DEFAULT_SLACK: Final = 50_000


def scheduling(overview: Overview, rates: Rates | None = None) -> list[Entry]:  # noqa: ARG001
    """What is as usual is dim."""
    how = overview.scheduling
    found = [Entry("scheduler", policy(overview))]
    if isinstance(how.cpus, Missing):
        found.append(lacking("processors", how.cpus))
    else:
        nodes = "" if isinstance(how.mems, Missing) else f", memory of node {how.mems}"
        found.append(Entry("processors", (piece(f"{how.cpus}"), Piece(f"  last on {how.cpu}{nodes}", Role.SECONDARY))))
    if not isinstance(how.io, Missing):
        kind, level = how.io
        words = IO_CLASSES.get(kind, str(kind)) + (f" {level}" if kind in {1, 2} else "")
        found.append(Entry("I/O priority", (piece(words, Role.TEXT if kind else Role.SECONDARY),)))
    if not isinstance(how.slack, Missing) and how.slack != DEFAULT_SLACK:
        found.append(Entry("timer slack", (piece(f"{how.slack:,} ns"),)))
    found.append(Entry("oom", oom(overview)))
    dump = overview.coredump_filter
    if not isinstance(dump, Missing) and dump != USUAL_DUMP:
        found.append(Entry("core dump", listed(decode_filter(dump))))
    if not isinstance(overview.personality, Missing) and overview.personality:
        found.append(Entry("personality", (piece(f"{overview.personality:#x}", Role.MIND),)))
    return found


def policy(overview: Overview) -> Line:
    """`SCHED_FIFO priority 50`, `SCHED_NORMAL nice 10`."""
    how = overview.scheduling
    words = f"{how.policy} nice {how.nice}"
    if how.policy in {"SCHED_FIFO", "SCHED_RR"}:
        words = f"{how.policy} priority {how.rt_priority}"
    unusual = how.policy != "SCHED_NORMAL" or how.nice
    group = how.autogroup
    note = f"  in autogroup {group[0]}, nice {group[1]}" if isinstance(group, tuple) and group[1] else ""
    return (piece(words, Role.NAME if unusual else Role.TEXT), Piece(note, Role.MIND))


def oom(overview: Overview) -> Line:
    """Who goes first when memory runs out."""
    score, adj = overview.oom.score, overview.oom.adj
    if isinstance(score, Missing):
        return sentence(score)
    if isinstance(adj, Missing):
        return (piece(f"score {score}"),)
    if adj == -1000:
        return (piece("never killed when memory runs out: adj -1000", Role.MIND),)
    return (piece(f"score {score}, adj {adj}", Role.MIND if adj else Role.TEXT), Piece("  the highest score goes first", Role.SECONDARY))
