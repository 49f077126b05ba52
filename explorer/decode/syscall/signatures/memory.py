"""Memory: mapping, protecting, advising, locking; shared and other processes' memory."""

from typing import Final

from explorer.decode.constants import mman as table
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.iovec import Vector
from explorer.decode.syscall.args.mman import ADVICE, MAP_FLAGS, MFD_FLAGS, NEW_ADDRESS, OFFSET, PAGES, PROT
from explorer.decode.syscall.args.number import HEX, INT, LONG_HEX, PID, SIZE
from explorer.decode.syscall.args.text import STRING
from explorer.decode.syscall.call import Signature, row

ROWS: Final[dict[str, Signature]] = {
    "mmap": row("map a file or new memory", ADDRESS, addr=ADDRESS, length=SIZE, prot=PROT, flags=MAP_FLAGS, fd=FD, offset=OFFSET),
    "mmap@i386": row("map a file or new memory", ADDRESS, arg=ADDRESS),
    "mmap2": row("map a file or new memory", ADDRESS, addr=ADDRESS, length=SIZE, prot=PROT, flags=MAP_FLAGS, fd=FD, pgoffset=PAGES),
    "munmap": row("unmap memory", addr=ADDRESS, length=SIZE),
    "mprotect": row("change memory's protection", addr=ADDRESS, len=SIZE, prot=PROT),
    "pkey_mprotect": row("change memory's protection and key", addr=ADDRESS, len=SIZE, prot=PROT, pkey=INT),
    "pkey_alloc": row("allocate a protection key", flags=HEX, access_rights=HEX),
    "pkey_free": row("free a protection key", pkey=INT),
    "mremap": row(
        "move or resize a mapping", ADDRESS,
        old_address=ADDRESS, old_size=SIZE, new_size=SIZE, flags=Flags(table.MREMAP, "MREMAP"), new_address=NEW_ADDRESS,
    ),
    "brk": row("move the end of the heap", ADDRESS, addr=ADDRESS),
    "madvise": row("say how memory will be used", addr=ADDRESS, length=SIZE, advice=ADVICE),
    "process_madvise": row(
        "say how another process's memory will be used", pidfd=FD, iovec=Vector("vlen", inside=False), vlen=SIZE, advice=ADVICE, flags=HEX
    ),
    "msync": row("write a mapping to its file", addr=ADDRESS, length=SIZE, flags=Flags(table.MSYNC, "MS")),
    "mincore": row("ask which pages are in memory", addr=ADDRESS, length=SIZE, vec=ADDRESS),
    "mlock": row("keep memory from being swapped", addr=ADDRESS, len=SIZE),
    "mlock2": row("keep memory from being swapped", addr=ADDRESS, len=SIZE, flags=Flags(table.MLOCK2, "MLOCK")),
    "munlock": row("let memory be swapped", addr=ADDRESS, len=SIZE),
    "mlockall": row("keep all memory from being swapped", flags=Flags(table.MLOCK, "MCL")),
    "munlockall": row("let all memory be swapped"),
    "memfd_create": row("make a file in memory", FD, name=STRING, flags=MFD_FLAGS),
    "process_vm_readv": row(
        "read another process's memory", pid=PID, local_iov=Vector("liovcnt", received=True), liovcnt=SIZE,
        remote_iov=Vector("riovcnt", inside=False), riovcnt=SIZE, flags=LONG_HEX,
    ),
    "process_vm_writev": row(
        "write another process's memory", pid=PID, local_iov=Vector("liovcnt"), liovcnt=SIZE,
        remote_iov=Vector("riovcnt", inside=False), riovcnt=SIZE, flags=LONG_HEX,
    ),
}  # fmt: skip
