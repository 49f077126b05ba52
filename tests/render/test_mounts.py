"""render/mounts.py"""

from explorer.decode.proc.mountinfo import decode
from explorer.render.mounts import mount_lines
from explorer.render.piece import plain


def test_case_16_a_device_called_minus_and_a_space() -> None:
    raw = b"40 24 0:35 / /tmp/m\\040n rw,relatime shared:7 master:2 - tmpfs - rw\n41 24 254:0 /sub /mnt rw - ext4 /dev/vda rw\n"
    assert [plain(line) for line in mount_lines(decode(raw))] == [
        "/tmp/m n  tmpfs  -  rw,relatime  0:35  shared:7 master:2",
        "/mnt  ext4  /dev/vda  rw  only /sub  254:0",
    ]
