"""model/origin.py"""

from explorer.model.cgroup import Unit
from explorer.model.missing import Missing, Reason
from explorer.model.origin import Ancestor, Origin


def test_parents_begin_with_the_nearest() -> None:
    come = Origin((Ancestor(811, "nginx"), Ancestor(1, "init")), Unit(), None, None, Missing(Reason.GONE))
    assert come.parents[0].pid == 811
