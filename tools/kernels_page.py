"""What the engines' tests said on each kernel (docs/kernels.json), as tables in docs/kernels.md and README.md."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parent.parent / "docs"
KEPT: Final = DOCS / "kernels.json"
PAGE: Final = DOCS / "kernels.md"
README: Final = DOCS.parent / "README.md"
PLACE: Final = re.compile(r"(<!-- kernels: made by tools/kernels_page.py -->\n).*?(<!-- end of kernels -->)", re.DOTALL)
COLUMNS: Final = {
    "doctor": "test_doctor_says_what_it_can",
    "attaches, lets go": "test_attaches_and_lets_go",
    "a command from its first call": "test_a_command_from_its_first_call",
    "forks, threads, programs": "test_forks_threads_and_programs_are_followed",
    "names at their moment": "test_a_descriptor_has_the_name_of_its_moment",
    "in a pid namespace": "test_in_a_pid_namespace",
    "kill -9 leaves nothing": "test_a_killed_engine_leaves_nothing",
    "lines as ptrace's": "test_the_same_lines_as_ptrace",
    "summary": "test_the_same_summary_as_from_ptraces_lines",
    "access": "test_the_same_access_as_from_ptraces_lines",
    "descriptors as by /proc": "test_the_same_descriptors_as_by_proc",
    "a killed walk leaves nothing": "test_a_killed_walk_leaves_nothing",
}
"""Head → test of tests/engines; one that is parametrised says of each engine what it says."""
ENGINES: Final = ("ptrace", "bpf")
YES, NO, NOT_TRIED = "yes", "**no**", "–"


@dataclass(frozen=True, slots=True)
class Result:
    """Of one kernel. tests: name → "" where it passed, else why not. programs: which BPF programs, as Made.source has it."""

    release: str
    machine: str
    python: str
    tests: dict[str, str] = field(default_factory=dict)
    programs: str = ""


def kept() -> dict[str, Result]:
    """What was found last; empty before the first time."""
    if not KEPT.exists():
        return {}
    return {name: Result(**words) for name, words in json.loads(KEPT.read_text()).items()}


def keep(results: Mapping[str, Result]) -> None:
    """Write it down, and into the pages."""
    KEPT.write_text(json.dumps({name: asdict(results[name]) for name in results}, indent=1) + "\n")
    write(results)


def write(results: Mapping[str, Result]) -> None:
    """The pages."""
    PAGE.write_text(filled(PAGE.read_text(), table(results)))
    README.write_text(filled(README.read_text(), short(results)))


def cell(result: Result, name: str, notes: list[str], release: str) -> str:
    """One test on one kernel; why it failed becomes a note."""
    if name not in result.tests:
        return NOT_TRIED
    why = result.tests[name]
    if not why:
        return YES
    notes.append(f"{release}, `{name}`: `{why.replace('`', chr(39))}`")
    return f"{NO} {len(notes)}"


def tests_of(column: str, result: Result) -> list[str]:
    """A column's tests of this kernel: one a engine, or one."""
    return [name for name in result.tests if name.partition("[")[0] == column]


def table(results: Mapping[str, Result]) -> str:
    """A row a kernel and engine, with notes on what fails."""
    if not results:
        return ""
    heads = list(COLUMNS)
    lines = [f"| kernel | engine | {' | '.join(heads)} |", "|---" * (len(heads) + 2) + "|"]
    notes: list[str] = []
    for result in results.values():
        for engine in ENGINES:
            cells = []
            for column in COLUMNS.values():
                name = f"{column}[{engine}]" if f"{column}[{engine}]" in result.tests else column if engine == ENGINES[-1] else ""
                cells.append(cell(result, name, notes, result.release))
            lines.append(f"| {result.release} | {engine} | {' | '.join(cells)} |")
    lines += ["", *(f"{place}. {note}" for place, note in enumerate(notes, 1))]
    return "\n".join(lines).rstrip() + "\n"


def short(results: Mapping[str, Result]) -> str:
    """A row a kernel: how much of what was tried each engine does."""
    if not results:
        return ""
    lines = [f"| Linux | {' | '.join(ENGINES)} |", "|---" * (len(ENGINES) + 1) + "|"]
    for result in results.values():
        cells = []
        for engine in ENGINES:
            tried = [name for name in result.tests if f"[{engine}]" in name or ("[" not in name and engine == ENGINES[-1])]
            passed = [name for name in tried if not result.tests[name]]
            cells.append(f"{YES}: {len(passed)} tests" if passed and len(passed) == len(tried) else f"{len(passed)} of {len(tried)} tests")
        lines.append(f"| {result.release} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def filled(text: str, inside: str) -> str:
    """A page with what belongs in its place."""
    return PLACE.sub(lambda found: found[1] + inside + found[2], text)


def main() -> int:
    results = kept()
    write(results)
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
