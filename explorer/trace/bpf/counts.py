"""What the programs counted: calls by thread and number, uses of files by process."""

from struct import Struct
from typing import Final

from explorer.kernel.bpf.object import Object
from explorer.model.tally import BUCKETS, Tallies, Tally, TallyKey
from explorer.model.use import Use, UseKey, Uses
from explorer.trace.bpf import layout
from explorer.trace.bpf.rows import Names

COUNTS: Final = Struct(f"<{BUCKETS}I")
COUNT: Final = Struct("<Q")


def errors(loaded: Object) -> dict[tuple[int, int], dict[int, int]]:
    """(tally's place or identity, pid or 0) → errno → how often."""
    found: dict[tuple[int, int], dict[int, int]] = {}
    for key, value in loaded.items("errors", layout.ERROR_KEY.size, COUNT.size):
        identity, pid, number = layout.ERROR_KEY.unpack(key)
        found.setdefault((identity, pid), {})[number] = COUNT.unpack(value)[0]
    return found


def tallies(loaded: Object, memory: memoryview) -> Tallies:
    """Of all threads, since the programs run."""
    failed = errors(loaded)
    out: Tallies = {}
    given = int.from_bytes(memory[layout.NEXT_TALLY : layout.NEXT_TALLY + 4], "little")
    for place in range(1, min(given + 1, layout.TALLIES)):
        at = layout.TALLIES_AT + place * layout.TALLY_SIZE
        pid, tid, number, arch, count, _, total, least, most = layout.TALLY.unpack_from(memory, at)
        if not count:
            continue
        buckets = list(COUNTS.unpack_from(memory, at + layout.TALLY.size))
        out[TallyKey(pid, tid, arch, number)] = Tally(count, failed.get((place, 0), {}), total, least, most, buckets)
    return out


def uses(loaded: Object, names: Names) -> Uses:
    """Of all processes, since the programs run; two identities of one name are one row."""
    failed = errors(loaded)
    out: Uses = {}
    for key, value in loaded.items("uses", layout.USE_KEY.size, layout.USE.size):
        pid, _, identity = layout.USE_KEY.unpack(key)
        name = names.get(identity)
        if name is None:
            continue
        found = layout.USE.unpack(value)
        use = out.get(UseKey(pid, name))
        if use is None:
            use = out[UseKey(pid, name)] = Use()
        use.reads += found[0]
        use.read_bytes += found[1]
        use.writes += found[2]
        use.written_bytes += found[3]
        use.others += found[4]
        use.total += found[5]
        use.last = max(use.last, found[6])
        for number, count in failed.get((identity, pid), {}).items():
            use.errors[number] = use.errors.get(number, 0) + count
    return out
