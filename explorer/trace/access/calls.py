"""What a call means for the files that have a row."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from explorer.decode.syscall import memory
from explorer.decode.syscall.multiplexed import unfold
from explorer.decode.syscall.value import signed
from explorer.model.batch import Batch
from explorer.model.trace import Call
from explorer.trace.access.peers import address, unix_path, written
from explorer.trace.access.plan import Plan, named
from explorer.trace.access.rows import READABLE, WRITABLE, Counts, encoded, text
from explorer.trace.access.table import At, Table
from explorer.trace.access.whose import Whose

LARGEST_ERRNO: Final = 4095
LONGEST: Final = 4095
"""Bytes of a path: PATH_MAX, of which the last is NUL; as many are captured."""
EFAULT: Final = 14
AT_FDCWD: Final = -100
NEW_MOUNTS: Final = 0x20000
"""CLONE_NEWNS."""
AT_REMOVEDIR: Final = 0x200
MAP_SHARED, MAP_ANONYMOUS, PROT_WRITE = 0x1, 0x20, 0x2
U32: Final = 0xFFFFFFFF


class Opening(NamedTuple):
    """A call that opens a file, finished. error: its errno, 0 where it was opened. first: the file's first, of this error."""

    pid: int
    path: str
    error: int
    first: bool
    cut: bool


Early = tuple[Counts, bool | None, int, int]
"""Of a call by descriptor: whether it wrote, or read, None for others; its result; ns that it took."""


class Calls:
    """take is for one finished call. heard: of each opening."""

    def __init__(self, table: Table, whose: Whose, heard: Callable[[Opening], None] | None) -> None:
        self.table, self.whose, self.heard = table, whose, heard
        self.early: list[Early] | None = []
        """What was counted by descriptor before it is known whether the engine does that itself; None once it is known."""

    def take(self, does: Plan, call: Call, batch: Batch, row: int) -> None:
        """One that is more than data by one descriptor."""
        pid, result, took, when = batch.pids[row], batch.results[row], batch.tooks[row], batch.times[row]
        args = call.args if call.arch != "i386" else tuple(register & U32 for register in call.args)
        if does.folded:
            meant, listed = unfold(call, does.name, list(args))
            found = named(meant, call.arch)
            if found is None or (found.folded and meant != "mmap"):
                return
            does, args = found, tuple((*listed, 0, 0, 0, 0, 0, 0)[:6])
            does = does if not does.folded else Plan("mmap", special="mmap")
        if cwd := call.fds.get(AT_FDCWD):
            self.whose.works(pid, encoded(cwd))
        error = -result if -LARGEST_ERRNO <= result < 0 else 0
        if does.special and not self._special(does, call, args, pid, error, when):
            return
        for register, out in does.moves:
            if (at := self._descriptor(call.fds, args[register], pid, result)) is not None:
                moved(at[1], out, self._bytes(does, call, args, result), took, when)
                if self.early is not None and not does.told:
                    self.early.append((at[1], out, result, took))
        for register in does.fds:
            if (at := self._descriptor(call.fds, args[register], pid, result)) is not None:
                at[1].others += 1
                if error:
                    at[1].fail("use", error)
                at[1].timed(took, when)
                if self.early is not None and not does.told:
                    self.early.append((at[1], None, result, took))
        for register, folder, kind in does.paths:
            if kind == "unlink" and does.special == "unlinkat" and args[2] & AT_REMOVEDIR:
                kind = "rmdir"
            self._touch(does, kind, call, args, (register, folder), pid, error, took, when)
        if does.makes and not error:
            for name in call.opened.values():
                if (at := self.table.described(pid, encoded(name))) is not None:
                    at[1].opens += 1
                    at[1].timed(took, when)

    def follow(self, does: Plan, call: Call, pid: int) -> None:
        """One that is not counted, but says where the process is."""
        if cwd := call.fds.get(AT_FDCWD):
            self.whose.works(pid, encoded(cwd))
        if call.result is None or call.result < 0:
            return
        self._special(does, call, call.args, pid, 0, 0)
        for register, _, kind in does.paths:
            if found := said(call, call.args[register]):
                self._changes(does, kind, self.whose.path(pid, found[0]), pid, 0)

    def _touch(
        self, does: Plan, kind: str, call: Call, args: tuple[int, ...], where: tuple[int, int], pid: int, error: int, took: int, when: int
    ) -> None:
        """A path among a call's arguments."""
        pointer, folder = args[where[0]], signed(args[where[1]]) if where[1] >= 0 else AT_FDCWD
        found = said(call, pointer)
        base = encoded(call.fds.get(folder, ""))
        opened = call.opened.get(call.result or 0) if does.opens and not error else None
        if found is None or not found[0]:
            if base and folder != AT_FDCWD and (found is not None or not pointer):
                # The descriptor itself: AT_EMPTY_PATH, futimens.
                at = self.table.described(pid, base)
            elif opened:
                at = self.table.described(pid, encoded(opened))
            else:
                if found is None and pointer and error != EFAULT:
                    self.table.unnamed[pid] = self.table.unnamed.get(pid, 0) + 1
                return
            self._done(kind, at, pid, error, took, when)
            return
        name, whole = found
        if kind in {"mount", "umount"} and b"/" not in name:
            return
        if not name.startswith(b"/") and not base and folder != AT_FDCWD:
            path = b"?/" + name
        else:
            path = self.whose.path(pid, name, base)
        self._changes(does, kind, path, pid, error)
        if opened:
            real = encoded(opened)
            if real == path:
                self.table.really(path)
            at = self.table.described(pid, real)
            if at is not None and whole:
                at[0].called(path)
        else:
            at = self.table.at(pid, path, "file", cut=not whole)
        self._done(kind, at, pid, error, took, when, path if at is None else at[0].path, not whole and not opened)

    def _changes(self, does: Plan, kind: str, path: bytes, pid: int, error: int) -> None:
        """chdir and chroot: where the process is from now on."""
        if error:
            return
        if does.special == "cwd":
            self.whose.works(pid, path)
        elif does.special == "root":
            self.whose.rooted(pid, path)
        elif does.special == "space" and kind == "pivot_root":
            self._moved_away(pid)

    def _done(
        self,
        kind: str,
        at: At | None,
        pid: int,
        error: int,
        took: int,
        when: int,
        path: bytes = b"",
        cut: bool = False,
    ) -> None:
        """Count a touch, or an open, and tell of it."""
        first = True
        if at is not None:
            file, counts = at
            if kind != "open":
                counts.touch(kind)
            elif not error:
                first = not any(each.opens for each in file.by.values())
                counts.opens += 1
            if error:
                first = not any(("open", error) in (each.failures or ()) for each in file.by.values())
                counts.fail(kind, error)
            counts.timed(took, when)
        if kind == "open" and self.heard is not None and (path or at is not None):
            self.heard(Opening(pid, text(path or (at[0].path if at else b"")), error, first, cut))

    def _special(self, does: Plan, call: Call, args: tuple[int, ...], pid: int, error: int, when: int) -> bool:
        """What registers say beside paths and descriptors; whether the rest of the plan is to be done."""
        what = does.special
        if what == "io_uring" or what == "aio":
            seen = self.table.rings if what == "io_uring" else self.table.aios
            seen[pid] = seen.get(pid, 0) + 1
            return False
        if what == "mmap":
            self._map(call, args, pid, error, when)
            return False
        if what == "address":
            self._address(does, call, args, pid, error)
        if error:
            return True
        if what == "clone":
            flags = args[0] if does.name == "clone" else memory.word(call.entry or call.memory, args[0], 8) or 0
            if flags & NEW_MOUNTS and call.result:
                self.whose.born(call.result, pid, apart=True)
        elif what == "space" and does.name != "pivot_root":
            entered = call.fds.get(signed(args[0]), "").startswith("mnt:") if does.name == "setns" else args[0] & NEW_MOUNTS
            if entered:
                self._moved_away(pid)
        elif what == "cwd" and does.name == "fchdir":
            self.whose.works(pid, encoded(call.fds.get(signed(args[0]), "")))
        return True

    def _moved_away(self, pid: int) -> None:
        """Into another mount namespace."""
        self.whose.ask(pid)
        self.table.known.clear()

    def _address(self, does: Plan, call: Call, args: tuple[int, ...], pid: int, error: int) -> None:
        """A socket's address: a path is touched, any other said beside the socket."""
        raw = address(does.name, args, call)
        if path := unix_path(raw):
            if does.makes:
                return
            abstract = path.startswith(b"@")
            at = self.table.at(pid, path, "socket") if abstract else self.table.at(pid, self.whose.path(pid, path), "file")
            if at is not None:
                kind = "send" if does.name == "sendto" else does.name
                at[1].touch(kind)
                if error:
                    at[1].fail(kind, error)
        elif to := written(raw):
            for name in call.opened.values() if does.makes else [call.fds.get(signed(args[0]), "")]:
                if name and (at := self.table.described(pid, encoded(name))) is not None:
                    at[0].note = to

    def _map(self, call: Call, args: tuple[int, ...], pid: int, error: int, when: int) -> None:
        """A file's memory: what is done there is not seen."""
        if error or args[3] & MAP_ANONYMOUS or (at := self._descriptor(call.fds, args[4], pid, error)) is None:
            return
        counts = at[1]
        mapped = READABLE | (WRITABLE if args[3] & MAP_SHARED and args[2] & PROT_WRITE else 0)
        ours = self.table.mapped.setdefault(pid, [0, 0])
        ours[0] += not counts.mapped
        ours[1] += bool(mapped & ~counts.mapped & WRITABLE)
        counts.mapped |= mapped
        counts.timed(0, when)

    def _bytes(self, does: Plan, call: Call, args: tuple[int, ...], result: int) -> int:
        """What a call moved: its result, or of several messages the sum of their lengths."""
        if does.special != "messages" or result <= 0:
            return result
        size, place = (64, 56) if call.arch in {"x86_64", "aarch64"} else (32, 28)
        lengths = (memory.word(call.memory, args[1] + index * size + place, 4) for index in range(min(result, 1024)))
        return sum(length or 0 for length in lengths)

    def _descriptor(self, names: dict[int, str], register: int, pid: int, result: int) -> At | None:
        """What a descriptor is."""
        number = signed(register)
        name = names.get(number)
        if name is None:
            if number >= 0:
                self.table.nameless(pid, result)
            return None
        return self.table.described(pid, encoded(name))


def moved(counts: Counts, out: bool, result: int, took: int, when: int) -> None:
    """A call that moves data."""
    if out:
        counts.writes += 1
        if result > 0:
            counts.written_bytes += result
    else:
        counts.reads += 1
        if result > 0:
            counts.read_bytes += result
    if result < 0:
        counts.fail("use", -result)
    if took > 0:
        counts.total += took
    if when > counts.last:
        counts.last = when


def undone(early: Iterable[Early]) -> None:
    """As if they had not been counted."""
    for counts, out, result, took in early:
        if out is None:
            counts.others -= 1
        elif out:
            counts.writes -= 1
            counts.written_bytes -= max(result, 0)
        else:
            counts.reads -= 1
            counts.read_bytes -= max(result, 0)
        if -LARGEST_ERRNO <= result < 0:
            counts.fail("use", -result, -1)
        counts.total -= max(took, 0)


def said(call: Call, pointer: int) -> tuple[bytes, bool] | None:
    """The path that a register points to, and whether it is whole; None where it was not captured."""
    found = memory.string(call.entry, pointer, LONGEST) if call.entry is not None else None
    return found or memory.string(call.memory, pointer, LONGEST)
