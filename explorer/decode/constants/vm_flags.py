"""VmFlags of smaps: show_smap_vma_flags() of fs/proc/task_mmu.c, Documentation/filesystems/proc.rst."""

from typing import Final

WORDS: Final[dict[str, str]] = {
    "rd": "readable", "wr": "writable", "ex": "executable", "sh": "shared", "mr": "may be read", "mw": "may be written",
    "me": "may be executed", "ms": "may be shared", "gd": "stack, grows down", "pf": "pure PFN range", "dw": "writes denied",
    "lo": "locked in memory", "io": "memory-mapped I/O", "sr": "read in sequence", "rr": "read at random", "dc": "not copied by fork",
    "de": "not expanded by mremap", "ac": "accounted", "nr": "no swap reserved", "ht": "huge pages", "sf": "synchronous faults",
    "ar": "architecture's own", "wf": "wiped by fork", "dd": "not in core dumps", "sd": "soft-dirty", "mm": "mixed map",
    "hg": "huge pages wanted", "nh": "no huge pages", "mg": "mergeable (KSM)", "bt": "ARM64 BTI guarded", "mt": "ARM64 memory tags",
    "um": "userfaultfd, missing", "uw": "userfaultfd, write-protected", "ui": "userfaultfd, minor", "ss": "shadow stack", "sl": "sealed",
    "lf": "locked on fault", "dp": "dropped under pressure", "gu": "guard pages",
}  # fmt: skip
USUAL: Final = frozenset({"rd", "wr", "ex", "sh", "mr", "mw", "me", "ms", "ac", "sd"})
"""What the permissions say already, or is true of almost all."""
