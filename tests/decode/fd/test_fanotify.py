"""decode/fd/fanotify.py"""

from explorer.decode.fd import decode_fd
from explorer.decode.fd.fanotify import Fanotify

TEXT = b"""pos:\t0
flags:\t02
fanotify flags:10 event-flags:8000
fanotify sdev:fe00000 mflags:0 mask:2 ignored_mask:1
fanotify mnt_id:1b mflags:40 mask:2 ignored_mask:0
fanotify ino:210905 sdev:fe00000 mflags:0 mask:22 ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:0509210070214de8
fanotify mnt_ns:4026531832 mflags:0 mask:1000000 ignored_mask:0
"""


def test_what_is_marked() -> None:
    fd = decode_fd(3, "anon_inode:[fanotify]", TEXT)
    assert isinstance(fd, Fanotify)
    assert fd.init_flags == ("FAN_UNLIMITED_QUEUE",)
    system, mount, inode, namespace = fd.marks
    assert (system.on, system.sdev, system.mask, system.ignored) == ("filesystem", 0xFE00000, ("FAN_MODIFY",), ("FAN_ACCESS",))
    assert (mount.on, mount.mnt_id, mount.mflags) == ("mount", 0x1B, ("FAN_MARK_IGNORED_SURV_MODIFY",))
    assert (inode.on, inode.ino, inode.mask, inode.handle) == ("inode", 0x210905, ("FAN_MODIFY", "FAN_OPEN"), "0509210070214de8")
    assert (namespace.on, namespace.mnt_ns, namespace.mask) == ("mntns", 4026531832, ("FAN_MNT_ATTACH",))
