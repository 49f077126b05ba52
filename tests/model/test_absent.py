"""model/absent.py"""

from explorer.model.absent import Absent
from tests.facts import DENIED, NGINX


def test_little_is_known_unless_it_is_said() -> None:
    absent = Absent(NGINX, "nginx", DENIED)
    assert (absent.state, absent.owner, absent.us, absent.rss, absent.vsize) == ("", "", "", 0, 0)
