"""decode/fd/anon.py"""

import pytest

from explorer.decode.fd import decode_fd
from explorer.decode.fd.anon import AnonInode


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("anon_inode:kvm-vm", "kvm-vm"),
        ("anon_inode:[landlock-ruleset]", "landlock-ruleset"),
        ("anon_inode:seccomp notify", "seccomp notify"),
    ],
)
def test_by_the_name_that_the_kernel_gives(link: str, name: str) -> None:
    fd = decode_fd(3, link, b"pos:\t0\nnovelty:\t1\n")
    assert isinstance(fd, AnonInode)
    assert (fd.name, fd.says, fd.note) == (name, (("novelty", "1"),), name)
