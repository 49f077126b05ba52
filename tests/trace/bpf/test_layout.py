"""trace/bpf/layout.py: offsets and sizes are those of settings.h, as a compiler has them; so are its numbers."""

import subprocess
from pathlib import Path

import pytest

from explorer.trace.bpf import layout
from explorer.trace.bpf.names import ADDRESS

BPF = Path(layout.__file__).parents[2] / "kernel/bpf"
SAME = {
    **{
        name: f"offsetof(struct settings, {member})"
        for name, member in (
            ("WHAT", "what"), ("STRING", "string"), ("NESTED", "nested"), ("NAMESPACE", "namespace"), ("FAILED", "failed"),
            ("SUCCEEDED", "succeeded"), ("SLOWER", "slower"), ("ATTACHED", "attached"), ("PICKS_TIDS", "picks_tids"),
            ("PICKS_FDS", "picks_fds"), ("FDS_COUNT", "fds_count"), ("FOLLOW", "follow"), ("FDS", "fds"), ("GENERATION", "generation"),
            ("SIGNALS", "signals"), ("LOST", "lost"), ("UNTALLIED", "untallied"), ("FAULTS", "faults"), ("NEXT_TALLY", "next_tally"),
            ("MAYBE", "maybe"), ("SEEN_AT", "seen"), ("ROWS_AT", "rows"), ("TALLIES_AT", "tallies"),
        )
    },
    "SIZE": "sizeof(struct settings)",
    "ROW_SIZE": "sizeof(struct row)",
    "TALLY_SIZE": "sizeof(struct tally)",
    "KIND": "offsetof(struct head, kind)",
    **{
        name: name
        for name in (
            "CALLS", "ROWS", "SPANS", "SEEN", "TALLIES", "BUCKETS", "PICKED", "PIDS", "STREAM", "SUMMARY", "ACCESS", "KEEP_ENTRY",
            "NO_RETURN", "RENAMES", "NAMES_PATH", "READS", "WRITES", "FDS_INSIDE", "EXECS", "OURS", "NOT_PICKED", "UNTIL_EXEC", "BYTES",
            "VECTOR", "FILLED", "MEASURED", "POINTER", "ARGV", "MESSAGE", "MESSAGES", "BLOCK", "POINTERS", "MEMBER", "ONE", "BY_RESULT",
            "MAKES_NOTHING", "MAKES_RESULT", "MAKES_PAIR",
        )
    },
    "STRINGS": "STRING",
    "CHOSEN_ROWS": "CHOSEN",
    "NAME_RECORD": "NAME",
}  # fmt: skip
STRUCTS = {
    "HEAD": "head", "NAME": "name", "PIECE": "piece", "SPAN": "span", "USE_KEY": "use_key", "USE": "use", "ERROR_KEY": "error_key",
}  # fmt: skip


@pytest.mark.oracle("gcc")
def test_as_a_compiler_lays_it_out(tmp_path: Path) -> None:
    said = [*SAME.values(), *(f"sizeof(struct {name})" for name in STRUCTS.values())]
    said += ["offsetof(struct row, spans)", "offsetof(struct tally, buckets)", "offsetof(struct flight, names)", "sizeof(struct flight)"]
    said += ["sizeof(struct address)", "NONE", "INTS", "POLLFDS", "BITS", "offsetof(struct head, lost)"]
    lines = "".join(f'printf("%llu\\n", (unsigned long long)({words}));\n' for words in said)
    # names.h needs clang's own builtins; what it says of an address is plain C.
    names = (BPF / "names.h").read_text()
    address = names[names.index("struct address {") :].split("};")[0] + "};"
    source = f'#define __TARGET_ARCH_x86\n#include "settings.h"\n{address}\n#define offsetof __builtin_offsetof\n'
    source += f"int printf(const char *, ...);\nint main(void) {{\n{lines}}}\n"
    (tmp_path / "layout.c").write_text(source)
    subprocess.run(["gcc", "-w", f"-I{BPF}", "-o", tmp_path / "layout", tmp_path / "layout.c"], check=True)
    found = list(map(int, subprocess.run([tmp_path / "layout"], capture_output=True, check=True, text=True).stdout.split()))
    ours = [getattr(layout, name) for name in SAME] + [getattr(layout, name).size for name in STRUCTS]
    ours += [layout.ROW.size, layout.TALLY.size, layout.FLIGHT.size, layout.FLIGHT.size + 3 * layout.NAME.size]
    ours += [ADDRESS.size, *layout.INSIDE.values(), 36]
    assert dict(zip(said, ours, strict=True)) == dict(zip(said, found, strict=True))
