"""collect/closely.py"""

from explorer.collect.closely import closely
from explorer.collect.files import files
from explorer.decode.fd.socket import SocketFd
from explorer.model.inet_details import InetDetails
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket
from explorer.query.thing import Thing
from explorer.resolve.system import System
from tests.specimens.holds import Holds


def test_sockets_say_more_and_nothing_else_changes(system: System) -> None:
    with Holds("tcp") as it:
        found = files(system, it.pid)
        assert not isinstance(found, Missing)
        things: list[Thing] = [*found, Keeping(how="cwd", path="/")]
        said = closely(system, it.pid, things)
    assert len(said) == len(things)
    for before, after in zip(things, said, strict=True):
        if isinstance(after, SocketFd) and isinstance(after.socket, InetSocket) and after.number != it.idle:
            assert isinstance(after.socket.details, InetDetails)
        else:
            assert after == before


def test_without_sockets_nothing_is_asked(system: System) -> None:
    things: list[Thing] = [Keeping(how="cwd", path="/")]
    assert closely(system, 1, things) is things
