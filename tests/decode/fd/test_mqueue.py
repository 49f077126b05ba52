"""decode/fd/mqueue.py"""

from stat import S_IFREG

from explorer.decode.fd import decode_fd
from explorer.decode.fd.mqueue import MessageQueue
from explorer.decode.fd.raw import Stat


def test_the_file_system_tells_a_queue_from_a_file() -> None:
    queue = decode_fd(3, "/bq", b"", Stat(1, 2, S_IFREG, 1, 0, 80, "mqueue"))
    assert isinstance(queue, MessageQueue)
    assert queue.name == "/bq"
    mounted = decode_fd(3, "/dev/mqueue/bq", b"", Stat(1, 2, S_IFREG, 1, 0, 80, "mqueue"))
    assert isinstance(mounted, MessageQueue)
    assert mounted.name == "/bq"
    assert decode_fd(3, "/bq", b"", Stat(1, 2, S_IFREG, 1, 0, 80, "ext4")).kind == "regular"
