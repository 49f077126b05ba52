"""What it uses: CPU, memory, I/O."""

from typing import Final

from explorer.model.missing import Missing
from explorer.model.overview import Overview, Usage
from explorer.model.process import TICKS
from explorer.model.rates import Rates
from explorer.render.entries import Entry, lacking
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.sizes import size
from explorer.render.times import clock, duration

IO_WORDS: Final = {
    "rchar": "bytes by read calls, of files, pipes and sockets alike",
    "wchar": "bytes by write calls, likewise",
    "syscr": "read calls",
    "syscw": "write calls",
    "read_bytes": "bytes fetched from a disk",
    "write_bytes": "bytes sent, or to be sent, to a disk",
    "cancelled_write_bytes": "bytes that were to be written, until the file was truncated",
}
RATED: Final = {"read_bytes": "disk in", "write_bytes": "disk out", "rchar": "read", "wchar": "written"}
MEMORY_WORDS: Final = {
    "VmPeak": "most address space so far", "VmSize": "address space", "VmLck": "locked, never swapped", "VmPin": "pinned, never moved",
    "VmHWM": "most resident so far", "VmRSS": "resident", "RssAnon": "resident, of no file", "RssFile": "resident, of files",
    "RssShmem": "resident, shared memory", "VmData": "data", "VmStk": "stack", "VmExe": "program text", "VmLib": "library text",
    "VmPTE": "page tables", "VmSwap": "swapped out", "HugetlbPages": "huge pages",
}  # fmt: skip


def usage(overview: Overview, rates: Rates | None = None) -> list[Entry]:
    """CPU, memory, I/O, faults and switches; rates where there was a sample before."""
    used = overview.usage
    found = [cpu(used, rates)]
    if not overview.kernel_thread:
        found += [memory(used), io(used, rates)]
    found.append(faults(used, rates))
    if isinstance(used.voluntary_switches, int) and isinstance(used.involuntary_switches, int):
        words = f"{used.voluntary_switches:,} when it waited, {used.involuntary_switches:,} when its time was up"
        found.append(Entry("switches", (piece(words), Piece("  of its first thread", Role.SECONDARY))))
    return found


def cpu(used: Usage, rates: Rates | None) -> Entry:
    """Share of a core, and time in all."""
    total = used.utime + used.stime
    words = f"{clock(total // TICKS)}: user {duration(used.utime / TICKS)}, system {duration(used.stime / TICKS)}" if total else "none yet"
    if rates is None:
        return Entry("cpu", (piece(words),))
    share: Line = (piece(f"{rates.user + rates.system:.1f} %"), Piece(f" of a core, {rates.system:.1f} in the kernel  ", Role.SECONDARY))
    return Entry("cpu", (*share, piece(words)))


def memory(used: Usage) -> Entry:
    """Resident, and of what."""
    if isinstance(used.memory, Missing):
        return lacking("memory", used.memory)
    if not used.memory:
        return Entry("memory", (piece("none", Role.SECONDARY),))
    has = used.memory
    words = f"{size(has.get('VmRSS', 0))} resident"
    if has.get("VmHWM", 0) > has.get("VmRSS", 0):
        words += f", at most {size(has['VmHWM'])} so far"
    swapped = f", {size(has['VmSwap'])} swapped" if has.get("VmSwap") else ""
    more = tuple(
        (Piece(f"{key:<13}", Role.SECONDARY), piece(f"{size(value):>6}  "), Piece(MEMORY_WORDS.get(key, ""), Role.SECONDARY))
        for key, value in has.items()
    )
    return Entry("memory", (piece(words + swapped), Piece(f"  of {size(has.get('VmSize', 0))} address space", Role.SECONDARY)), more)


def io(used: Usage, rates: Rates | None) -> Entry:
    """Disk first: what calls moved may never have left memory."""
    if isinstance(used.io, Missing):
        return lacking("I/O", used.io)
    has = used.io
    words = f"disk {size(has.get('read_bytes', 0))} read, {size(has.get('write_bytes', 0))} written"
    calls = f"; calls {size(has.get('rchar', 0))} read, {size(has.get('wchar', 0))} written"
    now: Line = ()
    parts = [f"{word} {size(int(rates.io[key]))}/s" for key, word in RATED.items() if rates.io.get(key)] if rates else []
    if parts:
        now = (piece(", ".join(parts), Role.NEW), piece("  "))
    more = tuple(
        (Piece(f"{key:<22}", Role.SECONDARY), piece(f"{value:>16,}  "), Piece(IO_WORDS.get(key, ""), Role.SECONDARY))
        for key, value in has.items()
    )
    return Entry("I/O", (*now, piece(words + calls)), more)


def faults(used: Usage, rates: Rates | None) -> Entry:
    """Page faults: major ones waited for a disk."""
    words = f"{used.minor_faults:,} minor, {used.major_faults:,} major"
    now = f"  {rates.minor_faults:,.0f}/s, {rates.major_faults:,.0f}/s" if rates and (rates.minor_faults or rates.major_faults) else ""
    return Entry("page faults", (piece(words), Piece(now, Role.SECONDARY)))
