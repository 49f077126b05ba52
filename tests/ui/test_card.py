"""The card: from the table at once, from what was read as soon as that has come."""

import threading

from explorer.model.process import ProcessId
from tests.ui.fakes import FakeSources
from tests.ui.shown import shown


class Slow(FakeSources):
    """Its cards come when the test says so, except the first."""

    gate = threading.Event()

    def card(self, process: ProcessId) -> object:
        if process.pid != 1:
            self.gate.wait(20)
        return super().card(process)


async def test_the_command_stands_there_before_anything_was_read() -> None:
    sources = Slow()
    try:
        async with shown((140, 40), sources) as screen:
            await screen.until_text("now epoll_wait")
            await screen.press("end")
            await screen.until_text("│ 1377 agetty tty1")
            assert "now epoll_wait" not in screen.text
            sources.gate.set()
            await screen.until_text("now epoll_wait")
    finally:
        sources.gate.set()


async def test_a_fault_in_reading_it_is_one_line() -> None:
    class Broken(FakeSources):
        def card(self, process: ProcessId) -> object:
            raise KeyError("made by the test")

    async with shown((140, 40), Broken()) as screen:
        await screen.until_text("A fault of procdive itself in the card: KeyError")
