"""Rows of memory, BPF, perf events, rings, namespaces and other things of the kernel."""

from typing import Final

from explorer.decode.fd.anon import AnonInode
from explorer.decode.fd.bpf import Bpf
from explorer.decode.fd.io_uring import IoUring
from explorer.decode.fd.memfd import MemFd
from explorer.decode.fd.memory import MemoryFd
from explorer.decode.fd.namespace import Namespace
from explorer.decode.fd.perf import PerfEvent
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.render.fd_cells import Cells, Form, joined, lines
from explorer.render.missing import short
from explorer.render.piece import Line, Role, line, piece
from explorer.render.sizes import size

MAP_SIZES: Final = (("key", "key_size"), ("value", "value_size"), ("max", "max_entries"))


def memfd(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, MemFd)
    bytes_ = short(fd.size) if isinstance(fd.size, Missing) else line(size(fd.size))
    seals: Line = ()
    if not isinstance(fd.seals, Missing) and fd.seals:
        seals = line(piece("sealed " + " ".join(name.removeprefix("F_SEAL_") for name in fd.seals), Role.SECONDARY))
    return Cells("memfd", "memf", lines(line(piece(fd.name or '""', Role.PATH))), lines(joined(bytes_, seals), bytes_))


def memory(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, MemoryFd)
    said = dict(fd.says)
    large = line(size(fd.size)) if isinstance(fd.size, int) else ()
    users = line(piece(f"by {said['exp_name']}", Role.SECONDARY)) if said.get("exp_name") and fd.name else ()
    name = fd.name or said.get("name") or said.get("exp_name") or "memory"
    return Cells(fd.sort, fd.sort[:4], lines(line(piece(name, Role.SECONDARY))), lines(joined(large, users), large))


def bpf(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, Bpf)
    number = "" if isinstance(fd.id, Missing) else f" {fd.id}"
    behind = f"prog {fd.prog_id}" if fd.sort == "link" and not isinstance(fd.prog_id, Missing) else ""
    said = dict(fd.says)
    if fd.sort == "map":
        behind = " ".join(f"{word} {said[key]}" for word, key in MAP_SIZES if key in said)
    target = line(piece(fd.type or fd.sort), piece(number))
    named = joined(target, line(piece(fd.name, Role.NAME)), gap=" ") if fd.name else target
    return Cells(f"bpf {fd.sort}", "bpf", lines(named, target), lines(line(piece(behind, Role.SECONDARY))))


def perf(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, PerfEvent)
    said = " ".join(f"{key.removeprefix('perf_event_attr.')} {value}" for key, value in fd.says[:3])
    return Cells("perf_event", "perf", lines(line(piece(said or "which event, the kernel does not say", Role.SECONDARY))))


def io_uring(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, IoUring)
    if isinstance(fd.sq_entries, Missing):
        return Cells("io_uring", "urng", (short(fd.sq_entries),))
    target = f"sq {fd.sqes}/{fd.sq_entries} cq {fd.cqes}/{fd.cq_entries}" if not isinstance(fd.sqes, Missing) else f"sq {fd.sq_entries}"
    counts = " ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in registered(fd) if count)
    return Cells("io_uring", "urng", lines(target), lines(line(piece(counts, Role.SECONDARY))))


def registered(fd: IoUring) -> tuple[tuple[str, int], ...]:
    """What a ring holds beside its requests."""
    return (("file", len(fd.files)), ("buffer", len(fd.buffers)), ("poll", fd.polls))


def namespace(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, Namespace)
    whose = "" if isinstance(fd.own, Missing) else "its own" if fd.own else "another than its own"
    return Cells("namespace", "ns", lines(line(piece(fd.target, Role.PATH))), lines(line(piece(whose, Role.SECONDARY))))


def anon(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, AnonInode)
    said = "  ".join(f"{key} {value}".rstrip() for key, value in fd.says[:3])
    return Cells("anon_inode", "anon", lines(line(piece(fd.name, Role.NAME))), lines(line(piece(said, Role.SECONDARY))))


FORMS: Final[dict[str, Form]] = {
    "memfd": memfd,
    "memory": memory,
    "bpf": bpf,
    "perf": perf,
    "io_uring": io_uring,
    "namespace": namespace,
    "anon_inode": anon,
}
