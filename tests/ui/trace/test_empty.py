"""What stands where there are no lines."""

import pytest

from explorer.model.missing import Missing, Reason
from tests.traces import nginx
from tests.ui.trace.fakes import pending, session, traced

pytestmark = pytest.mark.usefixtures("utc")


async def test_attached_and_nothing_yet_says_what_it_sits_in() -> None:
    async with traced() as area:
        assert area.lines[1:] == ["   attached 14:22:07 · 0 calls", "   The next line comes with its next system call."]
        await area.tell(pending())
        assert area.lines[1] == "   attached 14:22:07 · 0 calls · 812 sits in epoll_wait(8<eventpoll>, NULL, 512, 4800)"
        assert area.lines[2] == "   The next line comes when that returns."


async def test_everything_filtered_away() -> None:
    async with traced(rows=400) as area:
        await area.press("f", *"failed fd=999", "enter")
        assert area.lines[1:] == ["   400 calls, none match  failed fd=999      Esc clears the filter"]
        area.panel.action_clear()
        assert len(area.lines) == 16


async def test_refused_says_why_and_what_helps_and_escape_closes_it() -> None:
    why = Missing(Reason.DENIED, "ptrace of 812 by gdb (pid 900)", "end gdb, or sudo procdive 812")
    async with traced(session("refused", why)) as area:
        assert area.lines[1].startswith("   812 nginx: ptrace of 812 by gdb (pid 900)")
        assert area.lines[2] == "   Helps   end gdb, or sudo procdive 812"
        assert area.panel.action_clear()
        assert area.panel.session is None


async def test_a_refusal_is_gone_with_the_next_trace() -> None:
    async with traced(session("refused", Missing(Reason.DENIED, "x"))) as area:
        area.panel.show(session())
        assert len(area.panel.sessions) == 1


async def test_attaching_and_ended() -> None:
    made = session("attaching")
    async with traced(made) as area:
        assert area.lines[1] == "   attaches to 812 nginx …"
        made.state, made.why = "ended", "exited 0 at 14:22:09"
        area.panel.told(made)
        await area.pilot.pause()
        assert area.lines[1] == "   attached 14:22:07 · 0 calls · exited 0 at 14:22:09"
        assert area.header.endswith("exited 0 at 14:22:09")
        await area.tell(nginx(3))
        assert "3 calls" in area.header
