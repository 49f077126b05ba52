"""model/inet_details.py"""

import pytest

from explorer.decode.netlink.inet_details import tcp_info
from explorer.model.inet_details import InetDetails, SocketMemory
from explorer.render.record import record
from tests.decode.netlink.test_inet_details import info


def test_what_is_not_said_is_empty_and_json_has_each_by_the_kernels_word() -> None:
    nothing = record(InetDetails())
    assert (nothing["congestion"], nothing["memory"], nothing["tcp"], nothing["options"]) == ("", None, None, [])
    memory = SocketMemory(rmem=1, rcvbuf=2, wmem=3, sndbuf=4, queued=5, optmem=6, backlog=7, drops=8)
    full = record(InetDetails(congestion="cubic", memory=memory, tcp=tcp_info(info())))
    assert full["memory"]["drops"] == 8
    assert full["tcp"]["ca_state"] == "Recovery"
    assert full["tcp"]["rtt"] == pytest.approx(15e-6)
