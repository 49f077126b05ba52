"""Descriptors and keepings of every sort, as the filters meet them."""

from dataclasses import replace

from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.decode.fd.socket import SocketFd
from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.keeping import Keeping
from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.query.thing import Owner, Thing

NGINX = Owner(812, "nginx", "www-data", 33, 811)
SHELL = Owner(9, "sh", "root", 0, 9)
INFO = b"pos:\t100\nflags:\t0100002\nmnt_id:\t29\nino:\t7\n"


def fd(number: int, socket: Socket) -> Fd:
    found = decode_fd(number, f"socket:[{socket.inode}]", b"flags:\t02\n")
    assert isinstance(found, SocketFd)
    return replace(found, socket=socket)


def file(
    number: int, link: str, *, mode: int = 0o100644, nlink: int = 1, size: int = 2 << 20, fstype: str = "ext4", mount: str = "/"
) -> Fd:
    return decode_fd(number, link, INFO, Stat(0xFE00, 7, mode, nlink, 0, size, fstype, mount))


THINGS: dict[str, tuple[Owner, Thing]] = {
    "log": (NGINX, file(4, "/var/log/nginx/access.log")),
    "gone": (NGINX, file(5, "/var/log/old.log (deleted)", nlink=0, size=10)),
    "nfs": (SHELL, file(7, "/mnt/a", fstype="nfs4", mount="/mnt")),
    "folder": (SHELL, file(3, "/var/log", mode=0o040755)),
    "listens": (NGINX, fd(6, InetSocket(inode=1, family="inet", type="stream", protocol="tcp", state="LISTEN", local=("0.0.0.0", 443)))),
    "client": (
        SHELL,
        replace(
            fd(
                8,
                InetSocket(
                    inode=2,
                    family="inet6",
                    type="stream",
                    protocol="tcp",
                    state="ESTABLISHED",
                    receive_queue=5,
                    send_queue=6,
                    local=("::1", 5),
                    remote=("::1", 443),
                ),
            ),
            peers=(Holder(812, 9, "nginx"),),
        ),
    ),
    "unix": (SHELL, fd(10, UnixSocket(inode=3, family="unix", type="stream", state="LISTEN", path="/run/x.sock"))),
    "pipe": (SHELL, replace(decode_fd(1, "pipe:[77]", b"flags:\t01\n"), others=(Holder(10, 2, "cat"),))),
    "memfd": (NGINX, decode_fd(11, "/memfd:jit (deleted)", INFO)),
    "cwd": (NGINX, Keeping(how="cwd", path="/var/log", mode=0o040755, inode=9, links=3, dev=0xFE00, fstype="ext4", mount="/")),
    "library": (NGINX, Keeping(how="mapped", path="/lib/old.so", deleted=True, inode=4, dev=0xFE00, permissions=("r-xp",))),
    "exe": (SHELL, Keeping(how="exe", path="/bin/sh", mode=0o100755, inode=8, links=1, size=100, dev=0xFE00)),
}
