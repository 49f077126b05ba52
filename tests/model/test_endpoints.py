"""model/endpoints.py"""

from explorer.model.endpoints import Holder


def test_holders_are_in_order_of_pid_and_descriptor() -> None:
    assert sorted([Holder(9, 3), Holder(7, 10), Holder(7, 9)]) == [Holder(7, 9), Holder(7, 10), Holder(9, 3)]
