"""What the app has while the files of all processes are shown."""

from explorer.ui.app import Explorer
from explorer.ui.feed import Feed
from explorer.ui.machine.area import Machine
from explorer.ui.machine.looking import Looking


def area(app: Explorer) -> Machine:
    assert app._machine is not None
    return app._machine


def looking(app: Explorer) -> Looking:
    assert app._looking is not None
    return app._looking


def feed(app: Explorer) -> Feed:
    assert app._machine_feed is not None
    return app._machine_feed
