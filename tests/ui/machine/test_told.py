"""ui/machine/told.py"""

from explorer.ui.machine.demand import Demand, Picture
from explorer.ui.machine.told import Pictured, ShowMachine


def test_their_handlers_have_the_names_that_the_app_has() -> None:
    assert Pictured.handler_name == "on_pictured"
    assert ShowMachine.handler_name == "on_show_machine"


def test_two_pictures_are_two_messages() -> None:
    picture = Picture(Demand())
    assert Pictured("machine", 1, picture) != Pictured("machine", 1, picture)
