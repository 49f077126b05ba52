"""README's table of figures, made from benchmarks/results/*.json: nothing is claimed there that was not measured."""

import re
import sys
from pathlib import Path
from statistics import median

from benchmarks import FIGURES
from benchmarks.row import Row, kept

README = Path(__file__).parent.parent / "README.md"
PLACE = re.compile(r"(<!-- figures: made by tools/readme_figures.py -->\n).*?(<!-- end of figures -->)", re.DOTALL)
HEADS = {
    "screen_cpu": "CPU a second, tree on the screen",
    "screen_bytes": "written to the terminal a second",
    "key_latency": "from a key to its picture",
    "first_paint": "from the start to",
    "files_pane": "the Files pane",
    "fds_all": "the descriptors of all processes",
    "ps_start": "from the start to the end of",
    "trace_store": "a trace in memory",
    "trace_search": "a trace looked through",
    "trace_feed": "a trace on the screen",
    "trace_ptrace": "traced by ptrace",
    "trace_bpf": "watched by BPF",
    "trace_nginx": "watched by BPF, under wrk",
    "trace_viewer": "traced by BPF",
}


def figure(value: float) -> str:
    """Three digits, no more than were measured."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def cells(name: str, row: Row) -> str:
    """A row of the table."""
    ours, theirs = (f"{figure(median(values))} {row.unit}" for values in (row.ours, row.theirs))
    return f"| {HEADS[name]}: {row.what} | {ours} | {row.peer} {theirs} | {row.ratio:.2f} × |"


def table() -> str:
    """The table, and the machine it is from."""
    found = [(name, *figures) for name in FIGURES if (figures := kept(name))]
    if not found:
        return ""
    lines = ["| | procdive | its peer in the same run | |", "|---|---|---|---|"]
    lines += [cells(name, row) for name, _, rows in found for row in rows]
    machine = found[0][1]
    place = f"{machine['os']}, Linux {machine['kernel']}, {machine['machine']}, {machine['cores']} cores, Python {machine['python']}"
    return "\n".join([*lines, "", f"Medians of alternating rounds, 120x40, one second a tick; {place}. `make bench` takes them anew.", ""])


def readme(text: str) -> str:
    """README's text with the table in its place."""
    return PLACE.sub(lambda found: found[1] + table() + found[2], text)


def main() -> int:
    README.write_text(readme(README.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
