"""Files by their path: opening, making, naming, removing, changing owner, mode and times."""

from typing import Final

from explorer.decode.constants.at import AT as AT_NAMES
from explorer.decode.constants.at import FACCESSAT
from explorer.decode.constants.misc_calls import RENAME
from explorer.decode.syscall.args.fd import DIRFD, FD
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.mode import DEVICE_IF_NODE, FILE_MODE
from explorer.decode.syscall.args.number import ID, ID16, LOFF, MODE, SIZE
from explorer.decode.syscall.args.open import MODE_IF_CREATED, OPEN_FLAGS, OPEN_HOW
from explorer.decode.syscall.args.stat import STAT, STATFS, STATX, STATX_FLAGS, STATX_MASK
from explorer.decode.syscall.args.text import PATH, WORKING, Received
from explorer.decode.syscall.args.time import FILE_TIMES, FILE_TIMES64, TIMEVALS, UTIMBUF
from explorer.decode.syscall.call import Signature, Wide, row

AT = Flags(AT_NAMES, "AT")
AT_FACCESS = Flags(FACCESSAT, "AT")
R_OK = Flags({0: "F_OK", 4: "R_OK", 2: "W_OK", 1: "X_OK"}, "OK")

ROWS: Final[dict[str, Signature]] = {
    "open": row("open a file", FD, pathname=PATH, flags=OPEN_FLAGS, mode=MODE_IF_CREATED),
    "openat": row(
        "open a file, relative to a directory descriptor", FD, dirfd=DIRFD, pathname=PATH, flags=OPEN_FLAGS, mode=MODE_IF_CREATED
    ),
    "openat2": row("open a file, with restrictions on its path", FD, dirfd=DIRFD, pathname=PATH, how=OPEN_HOW, size=SIZE),
    "creat": row("make and open a file", FD, pathname=PATH, mode=MODE),
    "access": row("check permissions of a file", pathname=PATH, mode=R_OK),
    "faccessat": row("check permissions of a file", dirfd=DIRFD, pathname=PATH, mode=R_OK),
    "faccessat2": row("check permissions of a file", dirfd=DIRFD, pathname=PATH, mode=R_OK, flags=AT_FACCESS),
    "stat": row("ask about a file", pathname=PATH, statbuf=STAT),
    "lstat": row("ask about a file, links not followed", pathname=PATH, statbuf=STAT),
    "fstat": row("ask about an open file", fd=FD, statbuf=STAT),
    "newfstatat": row("ask about a file", dirfd=DIRFD, pathname=PATH, statbuf=STAT, flags=AT),
    "stat64": row("ask about a file", pathname=PATH, statbuf=STAT),
    "lstat64": row("ask about a file, links not followed", pathname=PATH, statbuf=STAT),
    "fstat64": row("ask about an open file", fd=FD, statbuf=STAT),
    "fstatat64": row("ask about a file", dirfd=DIRFD, pathname=PATH, statbuf=STAT, flags=AT),
    "statx": row("ask about a file", dirfd=DIRFD, pathname=PATH, flags=STATX_FLAGS, mask=STATX_MASK, statxbuf=STATX),
    "statfs": row("ask about a file system", path=PATH, buf=STATFS),
    "fstatfs": row("ask about a file system", fd=FD, buf=STATFS),
    "mkdir": row("make a folder", pathname=PATH, mode=MODE),
    "mkdirat": row("make a folder", dirfd=DIRFD, pathname=PATH, mode=MODE),
    "rmdir": row("remove a folder", pathname=PATH),
    "unlink": row("remove a name", pathname=PATH),
    "unlinkat": row("remove a name", dirfd=DIRFD, pathname=PATH, flags=AT),
    "rename": row("rename a file", oldpath=PATH, newpath=PATH),
    "renameat": row("rename a file", olddirfd=DIRFD, oldpath=PATH, newdirfd=DIRFD, newpath=PATH),
    "renameat2": row("rename a file", olddirfd=DIRFD, oldpath=PATH, newdirfd=DIRFD, newpath=PATH, flags=Flags(RENAME, "RENAME")),
    "link": row("give a file another name", oldpath=PATH, newpath=PATH),
    "linkat": row("give a file another name", olddirfd=DIRFD, oldpath=PATH, newdirfd=DIRFD, newpath=PATH, flags=AT),
    "symlink": row("make a symbolic link", target=PATH, linkpath=PATH),
    "symlinkat": row("make a symbolic link", target=PATH, newdirfd=DIRFD, linkpath=PATH),
    "readlink": row("read a symbolic link", pathname=PATH, buf=Received(), bufsiz=SIZE),
    "readlinkat": row("read a symbolic link", dirfd=DIRFD, pathname=PATH, buf=Received(), bufsiz=SIZE),
    "mknod": row("make a special file", pathname=PATH, mode=FILE_MODE, dev=DEVICE_IF_NODE),
    "mknodat": row("make a special file", dirfd=DIRFD, pathname=PATH, mode=FILE_MODE, dev=DEVICE_IF_NODE),
    "chmod": row("change a file's mode", pathname=PATH, mode=MODE),
    "fchmod": row("change an open file's mode", fd=FD, mode=MODE),
    "fchmodat": row("change a file's mode", dirfd=DIRFD, pathname=PATH, mode=MODE),
    "fchmodat2": row("change a file's mode", dirfd=DIRFD, pathname=PATH, mode=MODE, flags=AT),
    "chown": row("change a file's owner", pathname=PATH, owner=ID, group=ID),
    "lchown": row("change a file's owner, links not followed", pathname=PATH, owner=ID, group=ID),
    "fchown": row("change an open file's owner", fd=FD, owner=ID, group=ID),
    "fchownat": row("change a file's owner", dirfd=DIRFD, pathname=PATH, owner=ID, group=ID, flags=AT),
    "chown@i386": row("change a file's owner", pathname=PATH, owner=ID16, group=ID16),
    "lchown@i386": row("change a file's owner, links not followed", pathname=PATH, owner=ID16, group=ID16),
    "fchown@i386": row("change an open file's owner", fd=FD, owner=ID16, group=ID16),
    "chown32": row("change a file's owner", pathname=PATH, owner=ID, group=ID),
    "lchown32": row("change a file's owner, links not followed", pathname=PATH, owner=ID, group=ID),
    "fchown32": row("change an open file's owner", fd=FD, owner=ID, group=ID),
    "utime": row("change a file's times", filename=PATH, times=UTIMBUF),
    "utimes": row("change a file's times", filename=PATH, times=TIMEVALS),
    "futimesat": row("change a file's times", dirfd=DIRFD, pathname=PATH, times=TIMEVALS),
    "utimensat": row("change a file's times", dirfd=DIRFD, pathname=PATH, times=FILE_TIMES, flags=AT),
    "utimensat_time64": row("change a file's times", dirfd=DIRFD, pathname=PATH, times=FILE_TIMES64, flags=AT),
    "truncate": row("cut or extend a file", path=PATH, length=SIZE),
    "truncate64": row("cut or extend a file", path=PATH, length=Wide(LOFF)),
    "getcwd": row("ask for the working directory", buf=WORKING, size=SIZE),
    "chdir": row("change the working directory", path=PATH),
    "fchdir": row("change the working directory", fd=FD),
    "chroot": row("change the root directory", path=PATH),
    "umask": row("set the mask of new files' modes", MODE, mask=MODE),
}
