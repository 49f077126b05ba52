"""decode/fd/namespace.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.namespace import Namespace


def test_type_and_inode() -> None:
    fd = decode_fd(3, "net:[4026531833]", b"flags:\t0\n")
    assert isinstance(fd, Namespace)
    assert (fd.type, fd.inode) == ("net", 4026531833)
