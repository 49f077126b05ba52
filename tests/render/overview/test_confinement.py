"""render/overview/confinement.py"""

from dataclasses import replace

from explorer.model.missing import Missing, Reason
from explorer.model.overview import Namespace
from explorer.render.overview.confinement import confinement
from explorer.render.piece import plain
from tests.facts import OVERVIEW


def of(**changes: object) -> dict[str, str]:
    held = replace(OVERVIEW.confinement, **changes)  # type: ignore[arg-type]
    return {entry.label: plain(entry.value) for entry in confinement(replace(OVERVIEW, confinement=held))}


def test_usual_and_unusual() -> None:
    assert of() == {"no_new_privs": "no", "seccomp": "off", "namespaces": "all ours"}
    found = of(no_new_privs=True, seccomp=2, seccomp_filters=3, label="docker-default (enforce)", secure=True)
    assert found["no_new_privs"].startswith("yes")
    assert found["seccomp"] == "filtered, 3 filters"
    assert found["label"] == "docker-default (enforce)"
    assert "setuid" in found["AT_SECURE"]
    assert of(seccomp=1)["seccomp"].startswith("strict")
    assert "unsupported" in of(seccomp=Missing(Reason.UNSUPPORTED, "status has no Seccomp"))["seccomp"]


def test_namespaces_that_are_not_ours_are_marked() -> None:
    found = (Namespace("mnt", 1, False, False), Namespace("net", 2, True, Missing(Reason.DENIED, "x")), Namespace("pid", 3, False, True))
    entry = next(entry for entry in confinement(replace(OVERVIEW, namespaces=found)) if entry.label == "namespaces")
    assert plain(entry.value) == "not ours: mnt pid"
    assert [plain(line).split("  ")[-1] for line in entry.more] == [
        "not ours, not that of process 1",
        "ours",
        "not ours, that of process 1",
    ]
