"""ui/machine/shell.py"""

import pytest

from explorer.ui.machine.demand import Demand
from explorer.ui.machine.shell import shell


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", "procdive fds --all"),
        ("tcp:LISTEN", "procdive fds -i tcp:LISTEN"),
        ("-i :443", "procdive fds -i :443"),
        ("user:www-data", "procdive fds -u www-data"),
        ("comm:nginx :80", "procdive fds -a -c nginx -i :80"),
        ("pid:812,813", "procdive fds -p 812,813"),
        ("nginx", "procdive fds --all | grep -i -e nginx"),
        ("!cron", "procdive fds --all | grep -iv -e cron"),
        ('"a b; rm"', "procdive fds --all | grep -i -e 'a b; rm'"),
        ("kind:pipe :80", "procdive fds -i :80 | grep -i -e pipe"),
    ],
)
def test_it_shows_the_same(text: str, command: str) -> None:
    assert shell(Demand(text)) == command
