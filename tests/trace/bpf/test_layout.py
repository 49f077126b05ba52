"""trace/bpf/layout.py against what a compiler makes of kernel/bpf/settings.h."""

import re
import subprocess
from pathlib import Path
from struct import Struct
from typing import Final

import pytest

from explorer.decode.syscall import reads
from explorer.kernel import bpf
from explorer.kernel.bpf import lanes
from explorer.model.batch import ARCHES, UNFINISHED_END, Kind
from explorer.model.tally import BUCKETS
from explorer.trace.bpf import layout, names, programs, rows

pytestmark = pytest.mark.oracle("gcc")
LANE: Final = Struct("<4Q6I")
"""The first three are ours to read."""
HEADERS: Final = Path(bpf.__file__).parent
SETTINGS: Final = {
    "what": layout.WHAT,
    "string": layout.STRING,
    "nested": layout.NESTED,
    "namespace": layout.NAMESPACE,
    "failed": layout.FAILED,
    "succeeded": layout.SUCCEEDED,
    "slower": layout.SLOWER,
    "attached": layout.ATTACHED,
    "picks_tids": layout.PICKS_TIDS,
    "picks_fds": layout.PICKS_FDS,
    "fds_count": layout.FDS_COUNT,
    "follow": layout.FOLLOW,
    "fds": layout.FDS,
    "generation": layout.GENERATION,
    "signals": layout.SIGNALS,
    "lost": layout.LOST,
    "untallied": layout.UNTALLIED,
    "faults": layout.FAULTS,
    "root_mount": layout.ROOT,
    "own": layout.OWN,
    "next_tally": layout.NEXT_TALLY,
    "maybe": layout.MAYBE,
    "seen": layout.SEEN_AT,
    "rows": layout.ROWS_AT,
    "tallies": layout.TALLIES_AT,
}
THEIRS: Final = {"pad_generation", "pad_signals", "pad", "pad_own", "root_entry", "moves"}
"""Of the programs alone, or nobody's."""
MEMBERS: Final[dict[str, tuple[Struct, str]]] = {
    "span": (layout.SPAN, "place kind items when size most floor head fds late pad"),
    "row": (layout.ROW, "on fds_count fds[0] fds[1] fds[2] makes flags spans_count choosing choosing_mask"),
    "tally": (layout.TALLY, "pid tid row arch count errors total least most"),
    "head": (
        layout.HEAD,
        "time took result tid pid number lost kind arch cpu names_count pieces_count string "
        "args[0] args[1] args[2] args[3] args[4] args[5]",
    ),
    "name": (layout.NAME, "id fd made"),
    "piece": (layout.PIECE, "address size late"),
    "flight": (
        layout.FLIGHT,
        "time args[0] args[1] args[2] args[3] args[4] args[5] number row arch names_count stashed known pid generation missed",
    ),
    "use_key": (layout.USE_KEY, "pid pad id"),
    "use": (layout.USE, "reads read_bytes writes written_bytes others total last"),
    "error_key": (layout.ERROR_KEY, "id pid error"),
    "lane": (LANE, "produced count consumed from at begin end room words controls_count"),
    "address": (
        names.ADDRESS,
        "family type protocol state path_size local_port remote_port pad local remote peer path",
    ),
}
"""Struct of C → ours, and its members in our order."""
SIZES: Final = {
    "span": layout.SPAN.size,
    "row": layout.ROW_SIZE,
    "tally": layout.TALLY_SIZE,
    "settings": layout.SIZE,
    "head": layout.HEAD.size,
    "name": layout.NAME.size,
    "piece": layout.PIECE.size,
    "flight": programs.FLIGHT_SIZE,
    "use_key": layout.USE_KEY.size,
    "use": layout.USE.size,
    "error_key": layout.ERROR_KEY.size,
    "address": names.ADDRESS.size,
    "lane": lanes.HEAD,
    "record": lanes.RECORD,
}
NUMBERS: Final[dict[str, int]] = {
    "CALLS": layout.CALLS,
    "CHOSEN": layout.CHOSEN_ROWS,
    "ROWS": layout.ROWS,
    "SPANS": layout.SPANS,
    "MARK_BYTES": lanes.PER_MARK,
    "FDS": len(layout.ROW.unpack(bytes(layout.ROW.size))[2:5]),
    "PIDS": layout.PIDS,
    "SEEN": layout.SEEN,
    "TALLIES": layout.TALLIES,
    "BUCKETS": layout.BUCKETS,
    "PICKED": layout.PICKED,
    **{name.upper(): place for place, name in enumerate(ARCHES)},
    "BYTES": layout.BYTES,
    "STRING": layout.STRINGS,
    "VECTOR": layout.VECTOR,
    "FILLED": layout.FILLED,
    "MEASURED": layout.MEASURED,
    "POINTER": layout.POINTER,
    "ARGV": layout.ARGV,
    "MESSAGE": layout.MESSAGE,
    "MESSAGES": layout.MESSAGES,
    "BLOCK": layout.BLOCK,
    "POINTERS": layout.POINTERS,
    "MEMBER": layout.MEMBER,
    "ONE": layout.ONE,
    "BY_RESULT": layout.BY_RESULT,
    "NONE": layout.INSIDE[""],
    "INTS": layout.INSIDE["int"],
    "POLLFDS": layout.INSIDE["pollfd"],
    "BITS": layout.INSIDE["bits"],
    "MAKES_NOTHING": layout.MAKES_NOTHING,
    "MAKES_RESULT": layout.MAKES_RESULT,
    "MAKES_PAIR": layout.MAKES_PAIR,
    "KEEP_ENTRY": layout.KEEP_ENTRY,
    "NO_RETURN": layout.NO_RETURN,
    "RENAMES": layout.RENAMES,
    "NAMES_PATH": layout.NAMES_PATH,
    "READS": layout.READS,
    "WRITES": layout.WRITES,
    "FDS_INSIDE": layout.FDS_INSIDE,
    "EXECS": layout.EXECS,
    "STREAM": layout.STREAM,
    "SUMMARY": layout.SUMMARY,
    "ACCESS": layout.ACCESS,
    **{kind.name: kind for kind in Kind},
    "NAME": layout.NAME_RECORD,
    "UNFINISHED_END": UNFINISHED_END,
    "OURS": layout.OURS,
    "NOT_PICKED": layout.NOT_PICKED,
    "UNTIL_EXEC": layout.UNTIL_EXEC,
    "UNLINKED": names.UNLINKED,
    "ROOTLESS": names.ROOTLESS,
    "CUT": names.CUT,
    "SOCKET": names.SOCKET,
}
"""Constants and enumerators of C → ours."""
WHENS: Final = ("DONE", "POSITIVE", "CUT_SHORT")


def ours(struct: Struct) -> list[int]:
    """Where the values of a Struct begin: each of them by itself set to all ones, so that its first byte shows."""
    found = []
    values = list(struct.unpack(bytes(struct.size)))
    for place, value in enumerate(values):
        changed: list[object] = list(values)
        changed[place] = b"\xff" * len(value) if isinstance(value, bytes) else 1
        raw = struct.pack(*changed)
        found.append(next(at for at, byte in enumerate(raw) if byte))
    return found


def definition(file: str, what: str) -> str:
    """A struct or enum of a header that no other compiler than BPF's takes whole."""
    found = re.search(rf"^{what} \{{.*?\}};", (HEADERS / file).read_text(), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[0]


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """What it says of each expression."""
    offsets = [f"offset settings {member}" for member in SETTINGS]
    offsets += ["offset row spans[0]", "offset tally buckets[0]", "offset flight names[0]"]
    offsets += [f"offset {struct} {member}" for struct, (_, members) in MEMBERS.items() for member in members.split()]
    lines = [f'printf("{line}=%lld\\n", (long long)__builtin_offsetof(struct {line.split()[1]}, {line.split()[2]}));' for line in offsets]
    lines += [f'printf("size {name}=%lld\\n", (long long)sizeof(struct {name}));' for name in SIZES]
    lines += [f'printf("{name}=%lld\\n", (long long)({name}));' for name in (*NUMBERS, *WHENS)]
    folder = tmp_path_factory.mktemp("layout")
    (folder / "layout.c").write_text(
        "\n".join(
            [
                "int printf(const char *, ...);",
                '#include "settings.h"',
                definition("names.h", "struct address"),
                definition("names.h", "enum name_flags"),
                "int main(void) {",
                *lines,
                "return 0; }",
            ]
        )
    )
    subprocess.run(["gcc", "-w", "-I", HEADERS, "-o", folder / "layout", folder / "layout.c"], check=True)
    said = subprocess.run([folder / "layout"], capture_output=True, text=True, check=True).stdout
    return {name: int(number) for name, _, number in (line.partition("=") for line in said.splitlines())}


def test_settings_lie_where_a_compiler_puts_them(compiler: dict[str, int]) -> None:
    assert {member: compiler[f"offset settings {member}"] for member in SETTINGS} == SETTINGS


def test_no_setting_is_left_out() -> None:
    text = definition("settings.h", "struct settings")
    declared = re.sub(r"/\*.*?\*/|\[\w+\]", "", text, flags=re.DOTALL).partition("{")[2].rpartition("}")[0]
    members = {name.split()[-1] for statement in declared.split(";") for name in statement.split(",") if name.strip()}
    assert members - THEIRS == SETTINGS.keys()


@pytest.mark.parametrize("name", MEMBERS)
def test_members_lie_where_a_compiler_puts_them(compiler: dict[str, int], name: str) -> None:
    struct, members = MEMBERS[name]
    assert ours(struct) == [compiler[f"offset {name} {member}"] for member in members.split()]


def test_sizes_are_a_compilers(compiler: dict[str, int]) -> None:
    assert {name: compiler[f"size {name}"] for name in SIZES} == SIZES
    assert (compiler["offset head kind"], compiler["offset head lost"]) == (layout.KIND, rows.LOST)


def test_what_follows_in_a_row_and_a_tally_begins_where_ours_ends(compiler: dict[str, int]) -> None:
    assert compiler["offset row spans[0]"] == layout.ROW.size
    assert compiler["offset tally buckets[0]"] == layout.TALLY.size
    assert compiler["offset flight names[0]"] == layout.FLIGHT.size
    assert layout.BUCKETS == BUCKETS


def test_numbers_are_a_compilers(compiler: dict[str, int]) -> None:
    assert {name: compiler[name] for name in NUMBERS} == NUMBERS


def test_when_a_span_is_taken_is_numbered_as_the_decoder_has_it(compiler: dict[str, int]) -> None:
    assert [compiler[name] for name in WHENS] == [reads.DONE, reads.POSITIVE, reads.CUT_SHORT]


@pytest.mark.parametrize("enum", ["span_kind", "makes", "row_flags", "what", "kind", "known", "arch", "fds_inside"])
def test_no_enumerator_is_left_out(enum: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", definition("settings.h", f"enum {enum}"), flags=re.DOTALL)
    inside = text.partition("{")[2].partition("}")[0]
    assert {name.partition("=")[0].strip() for name in inside.split(",") if name.strip()} <= NUMBERS.keys()
