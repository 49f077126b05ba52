"""collect/waits/fault.py on a process that hangs."""

import pytest

from explorer.model.stack import Doing
from explorer.resolve.system import System
from tests.collect.threads import thread_of
from tests.specimens.hung import Hung

pytestmark = pytest.mark.root


def test_a_page_of_a_hung_file_system(system: System) -> None:
    with Hung() as hung:
        thread = thread_of(system, hung.pids["faulting"], ready=lambda one: one.doing is Doing.OUTSIDE and one.waits is not None)
        assert thread.waits is not None
        assert thread.waits.text.startswith("blocked in a page fault: waits for a page")
        assert thread.waits.more == ("it has fuse.hungfs on hungfs mapped",)
