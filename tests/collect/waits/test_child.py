"""collect/waits/child.py"""

import pytest

from explorer.model.stack import Doing
from explorer.resolve.system import System
from tests.collect.threads import children, entry, thread_of, wait_of
from tests.loopback import until
from tests.specimens.waits import Waits


def test_a_stopped_child(system: System) -> None:
    with Waits("stopped_child") as it:
        wait = wait_of(system, it.pid)
        (child,) = it.children
        assert wait.text.startswith(f"waits for {child} ")
        assert wait.text.endswith(" to end; that one is stopped (T)")
        assert wait.hopeless
        assert [(party.pid, party.role) for party in wait.parties] == [(child, "child")]


def test_any_of_three(system: System) -> None:
    with Waits("any_child") as it:
        wait = wait_of(system, it.pid)
        assert wait.text.startswith("waits for any of its 3 children to end: ")
        assert [party.pid for party in wait.parties] == it.children


def test_by_pidfd(system: System) -> None:
    with Waits("pidfd_child") as it:
        assert wait_of(system, it.pid).text.startswith(f"waits for {it.children[0]} ")


@pytest.mark.oracle("gcc")
def test_the_parent_of_a_vfork(system: System) -> None:
    with entry("vfork") as pid:
        (child,) = until(lambda: children(pid), "the child")
        thread = thread_of(system, pid, ready=lambda one: one.state == "D" and one.waits is not None and "borrower" in one.waits.text)
        assert thread.doing is Doing.CALL
        assert thread.waits is not None
        assert thread.waits.text == f"waits for {child} borrower to exec or end: it runs in the memory of its parent (vfork)"
        assert thread.waits.more == ("only SIGKILL reaches it meanwhile",)
