"""Mounting, and extended attributes."""

from typing import Final

from explorer.decode.constants import mounts as table
from explorer.decode.constants.at import AT
from explorer.decode.constants.misc_calls import XATTR
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.fd import DIRFD, FD
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.number import HEX, INT, SIZE, UINT
from explorer.decode.syscall.args.text import PATH, STRING, Received, Sent
from explorer.decode.syscall.call import Frame, Signature, row
from explorer.decode.syscall.reads import reads, said
from explorer.model.trace import Value

REMOUNT, BIND_OR_MOVE, PROPAGATION = 0x20, 0x3000, 0x1E0000


@reads(said(STRING))
def FILE_SYSTEM(frame: Frame, raw: int) -> Value:
    """Not looked at where an existing mount is changed, bound or moved (mount(2))."""
    return ADDRESS(frame, raw) if frame["mountflags"] & (REMOUNT | BIND_OR_MOVE | PROPAGATION) else STRING(frame, raw)


@reads(said(STRING))
def DATA(frame: Frame, raw: int) -> Value:
    flags = frame["mountflags"]
    ignored = flags & (BIND_OR_MOVE | PROPAGATION) and not flags & REMOUNT
    return ADDRESS(frame, raw) if ignored else STRING(frame, raw)


CREATE = Flags(XATTR, "XATTR")
VALUE = Sent("size")

ROWS: Final[dict[str, Signature]] = {
    "mount": row(
        "mount a file system", source=PATH, target=PATH, filesystemtype=FILE_SYSTEM, mountflags=Flags(table.MS, "MS", wide=True), data=DATA
    ),
    "umount": row("unmount a file system", target=PATH),
    "umount2": row("unmount a file system", target=PATH, flags=Flags(table.UMOUNT, "MNT")),
    "pivot_root": row("change the root mount", new_root=PATH, put_old=PATH),
    "open_tree": row("open a mount", FD, dirfd=DIRFD, path=PATH, flags=Flags({**table.OPEN_TREE, **AT}, "OPEN_TREE")),
    "move_mount": row(
        "move a mount", from_dirfd=DIRFD, from_path=PATH, to_dirfd=DIRFD, to_path=PATH, flags=Flags(table.MOVE_MOUNT, "MOVE_MOUNT")
    ),
    "fsopen": row("begin to configure a file system", FD, fsname=STRING, flags=Flags(table.FSOPEN, "FSOPEN")),
    "fsconfig": row("configure a file system", fd=FD, cmd=UINT, key=STRING, value=ADDRESS, aux=INT),
    "fsmount": row(
        "make a mount of a file system",
        FD,
        fsfd=FD,
        flags=Flags(table.FSMOUNT, "FSMOUNT"),
        attr_flags=Flags(table.MOUNT_ATTR, "MOUNT_ATTR"),
    ),
    "fspick": row("begin to reconfigure a file system", FD, dirfd=DIRFD, path=PATH, flags=Flags(table.FSPICK, "FSPICK")),
    "mount_setattr": row("change a mount's attributes", dirfd=DIRFD, path=PATH, flags=Flags(AT, "AT"), attr=ADDRESS, size=SIZE),
    "getxattr": row("read an extended attribute", path=PATH, name=STRING, value=Received(), size=SIZE),
    "lgetxattr": row("read an extended attribute, links not followed", path=PATH, name=STRING, value=Received(), size=SIZE),
    "fgetxattr": row("read an open file's extended attribute", fd=FD, name=STRING, value=Received(), size=SIZE),
    "setxattr": row("set an extended attribute", path=PATH, name=STRING, value=VALUE, size=SIZE, flags=CREATE),
    "lsetxattr": row("set an extended attribute, links not followed", path=PATH, name=STRING, value=VALUE, size=SIZE, flags=CREATE),
    "fsetxattr": row("set an open file's extended attribute", fd=FD, name=STRING, value=VALUE, size=SIZE, flags=CREATE),
    "listxattr": row("list extended attributes", path=PATH, list=Received(), size=SIZE),
    "llistxattr": row("list extended attributes, links not followed", path=PATH, list=Received(), size=SIZE),
    "flistxattr": row("list an open file's extended attributes", fd=FD, list=Received(), size=SIZE),
    "removexattr": row("remove an extended attribute", path=PATH, name=STRING),
    "lremovexattr": row("remove an extended attribute, links not followed", path=PATH, name=STRING),
    "fremovexattr": row("remove an open file's extended attribute", fd=FD, name=STRING),
    "name_to_handle_at": row("ask for a file's handle", dirfd=DIRFD, pathname=PATH, handle=ADDRESS, mount_id=ADDRESS, flags=HEX),
    "open_by_handle_at": row("open a file by its handle", FD, mount_fd=FD, handle=ADDRESS, flags=HEX),
}
