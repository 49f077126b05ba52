"""decode/fd/mqueue.py"""

from stat import S_IFREG

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.fd import decode_fd
from explorer.decode.fd.mqueue import MessageQueue, state
from explorer.decode.fd.raw import Stat
from explorer.model.missing import Missing


def test_the_file_system_tells_a_queue_from_a_file() -> None:
    queue = decode_fd(3, "/bq", b"", Stat(1, 2, S_IFREG, 1, 0, 80, "mqueue"))
    assert isinstance(queue, MessageQueue)
    assert queue.name == "/bq"
    mounted = decode_fd(3, "/dev/mqueue/bq", b"", Stat(1, 2, S_IFREG, 1, 0, 80, "mqueue"))
    assert isinstance(mounted, MessageQueue)
    assert mounted.name == "/bq"
    assert decode_fd(3, "/bq", b"", Stat(1, 2, S_IFREG, 1, 0, 80, "ext4")).kind == "regular"


def test_an_unlinked_queue() -> None:
    queue = decode_fd(3, "/bq (deleted)", b"", Stat(1, 2, S_IFREG, 0, 0, 80, "mqueue"))
    assert isinstance(queue, MessageQueue)
    assert (queue.name, queue.deleted) == ("/bq", True)
    named_so = decode_fd(3, "/bq (deleted)", b"", Stat(1, 2, S_IFREG, 1, 0, 80, "mqueue"))
    assert isinstance(named_so, MessageQueue)
    assert (named_so.name, named_so.deleted) == ("/bq (deleted)", False)


def test_what_is_in_it_and_who_is_told() -> None:
    assert state(b"QSIZE:129        NOTIFY:2     SIGNO:0     NOTIFY_PID:8260  \n") == (129, 8260)
    queued, notify = state(b"")
    assert isinstance(queued, Missing)
    assert notify == 0


@settings(max_examples=50)
@given(st.binary(max_size=100))
def test_never_raises(raw: bytes) -> None:
    state(raw)
    state(b"QSIZE:" + raw)
