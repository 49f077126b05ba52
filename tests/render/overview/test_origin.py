"""render/overview/origin.py"""

from dataclasses import replace

from explorer.model.cgroup import Cgroup, Container, Unit
from explorer.model.missing import Missing, Reason
from explorer.model.origin import Ancestor, Origin
from explorer.model.overview import Account, Overview
from explorer.render.overview.origin import origin
from explorer.render.piece import plain
from explorer.render.sheet import Target
from tests.facts import OVERVIEW

NONE = Missing(Reason.GONE, "no login session")


def of(overview: Overview) -> dict[str, str]:
    return {entry.label: plain(entry.value) for entry in origin(overview)}


def come(unit: Unit, parents: tuple[Ancestor, ...] = (Ancestor(640, "sshd"),), container: Container | None = None) -> Overview:
    return replace(OVERVIEW, origin=Origin(parents, unit, container, None, NONE))


def test_a_service() -> None:
    found = of(OVERVIEW)
    assert found["started by"] == "systemd, as nginx.service  in system.slice"
    assert found["parents"] == "811 nginx ← 1 systemd"
    assert found["session"] == "led by 811 nginx, process group 811"
    assert found["cgroup"] == "/system.slice/nginx.service"
    assert "login" not in found
    parents = next(entry for entry in origin(OVERVIEW) if entry.label == "parents")
    assert parents.target == Target(811)


def test_a_login_session_a_container_a_plain_child() -> None:
    session = of(come(Unit("session-3.scope", slice="user-1000.slice", session="3", uid=1000)))
    assert session["started by"] == "login session 3 of user 1000  in user-1000.slice"
    boxed = of(come(Unit(), container=Container("docker", "ab" * 32, "some-pod")))
    assert boxed["container"].startswith("docker abababababab")
    assert of(come(Unit()))["started by"] == "640 sshd"
    assert of(come(Unit(), (Ancestor(1, "init"),)))["started by"].endswith("or given to it when its parent ended")
    assert of(come(Unit(), ()))["started by"] == "nobody that may be seen"
    assert of(replace(OVERVIEW, kernel_thread=True))["started by"] == "the kernel"


def test_who_logged_in() -> None:
    who = replace(OVERVIEW.credentials, loginuid=Account(1000, "admin"))
    found = of(replace(OVERVIEW, credentials=who, origin=replace(OVERVIEW.origin, login=7)))
    assert found["login"] == "as admin, audit session 7"


def test_case_16_each_hierarchy_is_named() -> None:
    groups = (Cgroup(8, ("pids",), "/a:b:c"), Cgroup(9, ("name=systemd",), "/"), Cgroup(0, (), "/", deleted=True))
    entry = next(entry for entry in origin(replace(OVERVIEW, cgroups=groups)) if entry.label == "cgroup")
    assert plain(entry.value) == "/a:b:c  deleted"
    assert [plain(line).split()[0] for line in entry.more] == ["pids", "name=systemd", "version"]
    assert "in none" in of(replace(OVERVIEW, cgroups=()))["cgroup"]
