"""render/overview/state.py"""

from dataclasses import replace

from explorer.model.missing import Missing, Reason
from explorer.render.overview.state import state
from explorer.render.piece import plain
from explorer.render.sheet import Target
from tests.facts import OVERVIEW


def of(**changes: object) -> dict[str, str]:
    return {entry.label: plain(entry.value) for entry in state(replace(OVERVIEW, **changes))}  # type: ignore[arg-type]


def test_usual() -> None:
    found = of()
    assert found["state"] == "sleeping  a signal wakes it"
    assert found["started"].endswith("  20 min ago")
    assert found["threads"] == "1"
    assert "traced by" not in found
    assert "pids" not in found


def test_unusual() -> None:
    assert of(state="Z", exit_code=9)["state"].startswith("zombie, killed by SIGKILL")
    assert of(nspid=(812, 7))["pids"] == "812, in its own pid namespace 7"
    assert of(tracer=(991, "strace"))["traced by"] == "991 strace"
    entry = next(entry for entry in state(replace(OVERVIEW, tracer=(991, "strace"))) if entry.label == "traced by")
    assert entry.target == Target(991)
    assert of(nspid=Missing(Reason.UNSUPPORTED, "status has no NSpid"))["pids"].startswith("unsupported")
