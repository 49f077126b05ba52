"""Blocked outside a call: in a page fault, frozen, or on its way out."""

from typing import Final

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import Blocked, listed
from explorer.collect.waits.mounts import words
from explorer.collect.waits.sharing import mappings
from explorer.model.missing import Missing
from explorer.model.stack import Doing, Wait
from explorer.resolve.mounts import may_hang

PF_EXITING: Final = 0x4
# Kernel functions that say what a fault waits for (fs/userfaultfd.c, mm/filemap.c, mm/memory.c, fs/fuse/dev.c, fs/nfs, mm/swap_state.c).
FAULTS: Final = (
    ("handle_userfault", "memory that the holder of its userfaultfd must bring"),
    ("request_wait_answer", "a page of a FUSE file, whose server must answer"),
    ("nfs_", "a page of an NFS file"),
    ("rpc_wait_bit_killable", "an answer from its NFS server"),
    ("do_swap_page", "a page that comes back from swap"),
    ("swap_", "a page that comes back from swap"),
    ("folio_wait_bit_common", "a page that is read from its file"),
    ("filemap_fault", "a page that is read from its file"),
    ("io_schedule", "a page that is read from its file"),
    ("mem_cgroup", "memory: its cgroup is at its limit"),
    ("rwsem_down", "the lock of its own memory map"),
)
FROZEN: Final = frozenset({"do_freezer_trap", "__refrigerator"})
FAULT_ENTRY: Final = ("asm_exc_page_fault", "exc_page_fault", "do_user_addr_fault", "do_page_fault", "handle_mm_fault", "do_mem_abort")


def find(blocked: Blocked) -> Wait | None:
    """None where it is in a call, or may be: its call could not be read."""
    thread = blocked.thread
    names = [frame.symbol for frame in (() if isinstance(thread.frames, Missing) else thread.frames)]
    if isinstance(thread.wchan, str) and thread.wchan:
        names.insert(0, thread.wchan)
    if FROZEN & set(names):
        return Wait("frozen", "frozen: the freezer of its cgroup holds it", hopeless=True)
    if thread.doing is not Doing.OUTSIDE:
        return None
    for start, what in FAULTS:
        if any(name.startswith(start) for name in names):
            text = f"blocked in a page fault: waits for {what}"
            return Wait("fault", text, doubtful_files(blocked.glance) if "file" in what else ())
    if any(name.startswith(FAULT_ENTRY) for name in names):
        return Wait("fault", "blocked in a page fault")
    stat = blocked.glance.stat(thread.tid)
    if stat is not None and stat.flags & PF_EXITING:
        return Wait("exit", "ends: the kernel takes it apart")
    return None


def doubtful_files(glance: Glance) -> tuple[str, ...]:
    """Which of the files that it has mapped come from another machine or program: `it has nfs4 on nas:/export mapped`."""
    mounts = {mount.dev: mount for mount in glance.system.mounts.of(glance.pid).values() if may_hang(mount)}
    found = {words(mounts[mapping.device]) for mapping in mappings(glance, glance.pid) if mapping.inode and mapping.device in mounts}
    return (f"it has {listed(sorted(found))} mapped",) if found else ()
