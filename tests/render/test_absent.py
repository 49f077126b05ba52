"""render/absent.py"""

from explorer.model.absent import Absent
from explorer.model.missing import Missing, Reason
from explorer.render.absent import absent_sheet
from explorer.render.piece import plain
from tests.facts import DENIED, NGINX


def words(facts: Absent | Missing) -> str:
    return "\n".join(plain(line) for line in absent_sheet(facts, "Memory", 100).notes)


def test_denied_says_whose_it_is_and_what_helps() -> None:
    found = words(Absent(NGINX, "nginx", DENIED, "S", "www-data", "deploy", 14 << 20, 60 << 20))
    assert "No permission" in found
    assert "belongs to www-data; you are deploy" in found
    assert "it is sleeping; 14M resident of 60M address space" in found
    assert "sudo procdive 812" in found


def test_gone_knows_nothing() -> None:
    found = words(Absent(NGINX, "", Missing(Reason.GONE, "there is no process 812")))
    assert "Process gone" in found
    assert "Still known" not in found


def test_a_missing_alone() -> None:
    assert "No permission" in words(DENIED)
