"""ui/machine/shell.py"""

import shlex

import pytest

from explorer.ui.machine.demand import Demand
from explorer.ui.machine.shell import shell
from tests.commands import run
from tests.fakeproc import FakeProc

SHOWN = [
    (Demand(), "procdive fds --all"),
    (Demand("tcp:LISTEN"), "procdive fds --filter tcp:LISTEN"),
    (Demand("-i :443 !cron"), "procdive fds --filter 'i::443 !cron'"),
    (Demand('"a b"; rm'), "procdive fds --filter '\"a b\"; rm'"),
    (Demand("!nginx", places=True), "procdive fds --busy --filter '!nginx'"),
    (Demand(sort="size", descending=True), "procdive fds --sort=size --all"),
    (Demand(sort="size"), "procdive fds --sort=+size --all"),
    (Demand(sort="target", descending=True), "procdive fds --sort=-target --all"),
    (Demand(sort="target"), "procdive fds --sort=target --all"),
    (Demand(sort="process", descending=True), "procdive fds --sort=-process --all"),
    (Demand(sort="rate", descending=True, group="kind"), "procdive fds --all"),
]


@pytest.mark.parametrize(("demand", "command"), SHOWN)
def test_it_is_said_as_a_shell_takes_it(demand: Demand, command: str) -> None:
    assert shell(demand) == command


@pytest.mark.parametrize("command", [command for _, command in SHOWN])
def test_and_it_is_taken(command: str, fakeproc: FakeProc) -> None:
    fakeproc.file("self/stat", "1 (x) S")
    assert run(*shlex.split(command)[1:], system=fakeproc.system).status != 2
