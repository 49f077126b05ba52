"""What may be asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.collect.sought_sockets import descriptor
from explorer.model.socket import InetSocket
from explorer.query.inet import NotUnderstood
from explorer.query.who import Device, Inet, Info, Inode, Link, Memory, Of, Path, Question, Unix, question

HTTP = InetSocket(inode=7, family="inet", type="stream", protocol="tcp", state="LISTEN", local=("10.0.0.5", 80))


class Services:
    def ports(self, service: str) -> tuple[tuple[int, str], ...]:
        return ((80, "tcp"),) if service == "http" else ()

    def addresses(self, host: str) -> tuple[str, ...]:
        return ("10.0.0.5",) if host == "web1" else ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/var/log/x", Path("/var/log/x")),
        ("/var/log/", Path("/var/log/", tree=True)),
        ("/", Path("/")),
        ("./:80", Path("./:80")),
        ("log/x", Path("log/x")),
        ("log/", Path("log/", tree=True)),
        ("access.log", Path("access.log")),
        ("..", Path("..")),
        ("a:b/c", Path("a:b/c")),
        ("812/fd/5", Of(812, "fd", 5)),
        ("/proc/812/fd/5", Of(812, "fd", 5)),
        ("812/cwd", Of(812, "cwd")),
        ("/proc/812/exe", Of(812, "exe")),
        ("pipe:[7]", Link("pipe:[7]")),
        ("socket:7", Link("socket:[7]")),
        ("net:[4026531840]", Link("net:[4026531840]")),
        ("pid_for_children:[7]", Link("pid_for_children:[7]")),
        ("anon_inode:[timerfd]", Link("anon_inode:[timerfd]")),
        ("memfd:jit", Link("/memfd:jit (deleted)")),
        ("eventfd:3", Info("anon_inode:[eventfd]", "eventfd-id", "3")),
        ("eventfd:[3]", Info("anon_inode:[eventfd]", "eventfd-id", "3")),
        ("pidfd:812", Info("anon_inode:[pidfd]", "Pid", "812")),
        ("bpf-map:4", Info("anon_inode:bpf-map", "map_id", "4")),
        ("tun:tap0", Info("/dev/net/tun", "iff", "tap0")),
        ("8:1", Device(8, 1)),
        ("dev:8:1", Device(8, 1)),
        ("inode:131", Inode(131)),
        ("inode:8:1:131", Inode(131, (8, 1))),
        ("shm:3", Memory(3)),
        ("@agent", Unix("@agent")),
        ("unix:/run/x", Unix("/run/x")),
    ],
)
def test_what_is_understood(text: str, found: Question) -> None:
    assert question(text) == found


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        (":80", True),
        (":81", False),
        ("tcp:80", True),
        ("4tcp:80", True),
        ("TCP:LISTEN", True),
        ("udp:80", False),
        (":http", True),
        ("10.0.0.5:80", True),
        ("10.0.0.5", True),
        ("10.0.0.0/8:80", True),
        ("10.0.0.6:80", False),
        ("web1:80", True),
        ("web1:http", True),
        ("tcp@10.0.0.5:80", True),
        ("[::1]:80", False),
        ("[::1]", False),
    ],
)
def test_sockets_by_either_end(text: str, matches: bool) -> None:
    found = question(text, Services())
    assert isinstance(found, Inet)
    assert found.matches(descriptor(HTTP)) is matches


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "want a path"),
        ("812", ":812 is a port, 812/fd/N"),
        ("pipe:x", "pipe:[7]"),
        ("inode:1:2", "inode:MAJOR:MINOR:N"),
        ("eventfd:", "eventfd:[7]"),
        ("shm:key", "id of a SysV segment"),
        ("dev:8", "MAJOR:MINOR"),
        (":99999", "./:99999"),
        ("nowhere:80", "/etc/hosts has no such host"),
    ],
)
def test_what_is_not_says_what_would_be(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood) as wrong:
        question(text, Services())
    assert hint in str(wrong.value)


def test_a_path_may_be_asked_for_as_tree_or_alone() -> None:
    assert question("/srv", tree=True) == Path("/srv", tree=True)
    assert question("/srv", alone=True) == Path("/srv", alone=True)


@given(st.text())
def test_any_text_is_understood_or_refused_in_a_sentence(text: str) -> None:
    try:
        assert question(text) is not None
    except NotUnderstood as refused:
        said = str(refused)
    else:
        said = "understood"
    assert said
