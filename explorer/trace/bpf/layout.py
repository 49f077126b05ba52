"""Where things lie in what the programs share with us: the offsets of kernel/bpf/settings.h; a test compares them with a compiler's."""

from struct import Struct
from typing import Final

CALLS: Final = 512
CHOSEN_ROWS: Final = 1024
ROWS: Final = 2 * CALLS + CHOSEN_ROWS
SPANS: Final = 9
PIDS: Final = 65536
SEEN: Final = 16384
TALLIES: Final = 8192
BUCKETS: Final = 48
PICKED: Final = 8

SPAN: Final = Struct("<4B4HBBH")
"""place, kind, items, when; size, most, floor, head; fds, late"""
ROW: Final = Struct("<8BB3xI")
"""on, fds_count, three places, makes, flags, spans_count, choosing, its mask; then SPANS spans"""
ROW_SIZE: Final = ROW.size + 16 * SPAN.size

WHAT: Final = 0
STRING: Final = 4
NESTED: Final = 8
NAMESPACE: Final = 12
FAILED: Final = 16
SUCCEEDED: Final = 20
SLOWER: Final = 24
ATTACHED: Final = 32
PICKS_TIDS: Final = 40
PICKS_FDS: Final = 44
FDS_COUNT: Final = 48
FOLLOW: Final = 52
FDS: Final = 56
GENERATION: Final = FDS + 4 * PICKED
SIGNALS: Final = GENERATION + 8
LOST: Final = SIGNALS + 8
UNTALLIED: Final = LOST + 8
FAULTS: Final = UNTALLIED + 8
ROOT: Final = FAULTS + 8
OWN: Final = ROOT + 16
NEXT_TALLY: Final = OWN + 8
MAYBE: Final = NEXT_TALLY + 8
SEEN_AT: Final = MAYBE + PIDS
ROWS_AT: Final = SEEN_AT + 8 * SEEN
TALLY: Final = Struct("<4I5Q")
"""pid, tid, number, arch; count, errors, total, least, most; then the buckets"""
TALLY_SIZE: Final = TALLY.size + 4 * BUCKETS
TALLIES_AT: Final = ROWS_AT + ROWS * ROW_SIZE
SIZE: Final = TALLIES_AT + TALLIES * TALLY_SIZE

HEAD: Final = Struct("<QQqIIiIBBHBBH6Q")
"""time, took, result, tid, pid, number, lost, kind, arch, cpu, names, pieces, string, six registers"""
KIND: Final = 40
"""Where in a head the kind is."""
NAME: Final = Struct("<QiI")
"""identity, descriptor, made"""
PIECE: Final = Struct("<QII")
"""address, size, late"""
FLIGHT: Final = Struct("<Q6QiI4BIII")
"""time, six registers, number, row, arch, names_count, stashed, known, pid, generation"""
USE_KEY: Final = Struct("<IIQ")
USE: Final = Struct("<7Q")
"""reads, read_bytes, writes, written_bytes, others, total, last"""
ERROR_KEY: Final = Struct("<QII")
"""identity or tally, pid, errno"""
NAME_RECORD: Final = 32
"""Kind of a record that tells a name."""
STREAM, SUMMARY, ACCESS = 1, 2, 4
KEEP_ENTRY, NO_RETURN, RENAMES, NAMES_PATH, READS, WRITES, FDS_INSIDE, EXECS = (1 << bit for bit in range(8))
OURS, NOT_PICKED, UNTIL_EXEC = 1, 2, 3
BYTES, STRINGS, VECTOR, FILLED, MEASURED, POINTER, ARGV, MESSAGE, MESSAGES, BLOCK, POINTERS, MEMBER = range(1, 13)
ONE, BY_RESULT = 255, 254
INSIDE: Final = {"": 0, "int": 1, "pollfd": 2, "bits": 3}
MAKES_NOTHING, MAKES_RESULT, MAKES_PAIR = range(3)
NOBODY_CHOOSES: Final = 255
