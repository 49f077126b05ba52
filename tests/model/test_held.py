"""model/held.py"""

from explorer.model.held import Held, Wanted
from explorer.model.process import ProcessId


def test_descriptors_with_their_other_ends_are_what_is_usually_wanted() -> None:
    assert (Wanted().fds, Wanted().peers, Wanted().others, Wanted().places, Wanted().mapped) == (True, True, True, False, False)


def test_who_holds_nothing() -> None:
    held = Held(ProcessId(7, 4711), "sh", 0)
    assert (held.fds, held.keepings, held.unmapped) == ((), (), None)
