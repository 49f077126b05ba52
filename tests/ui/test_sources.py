"""The real table and card, through what the screen asks."""

import os

from explorer.model.card import Card
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from explorer.ui.sources import Sources


def test_table_card_and_who_we_are() -> None:
    sources = Sources(System())
    try:
        assert sources.user == ""
        snapshot = sources.table((os.getpid(),))
        ours = snapshot.processes[os.getpid()]
        assert ours.ppid == os.getppid()
        assert sources.user == ours.user
        card = sources.card(ours.id)
        assert isinstance(card, Card)
        assert card.process == ours.id
        assert not isinstance(sources.card(ProcessId(os.getpid(), 1)), Card)
    finally:
        sources.close()
