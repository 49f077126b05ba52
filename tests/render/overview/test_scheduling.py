"""render/overview/scheduling.py"""

from dataclasses import replace

from explorer.model.overview import Oom
from explorer.render.overview.scheduling import scheduling
from explorer.render.piece import plain
from tests.facts import OVERVIEW


def of(**changes: object) -> dict[str, str]:
    how = replace(OVERVIEW.scheduling, **changes)  # type: ignore[arg-type]
    return {entry.label: plain(entry.value) for entry in scheduling(replace(OVERVIEW, scheduling=how))}


def test_usual() -> None:
    assert of() == {
        "scheduler": "SCHED_NORMAL nice 0",
        "processors": "0-1  last on 1, memory of node 0",
        "I/O priority": "as nice says",
        "oom": "score 666, adj 0  the highest score goes first",
    }


def test_unusual() -> None:
    found = of(policy="SCHED_FIFO", rt_priority=50, io=(2, 4), autogroup=(10, 5), slack=1)
    assert found["scheduler"] == "SCHED_FIFO priority 50  in autogroup 10, nice 5"
    assert found["I/O priority"] == "best-effort 4"
    assert found["timer slack"] == "1 ns"
    more = {
        entry.label: plain(entry.value)
        for entry in scheduling(replace(OVERVIEW, oom=Oom(0, -1000), coredump_filter=1, personality=0x40000))
    }
    assert more["oom"].startswith("never killed")
    assert more["core dump"] == "private anonymous"
    assert more["personality"] == "0x40000"
