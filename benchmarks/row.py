"""What a figure found: rows, kept as small JSON beside us, and where they were measured."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """One comparison. what: the circumstances. ours, theirs: every round, in `unit`. most: the ratio that is promised."""

    what: str
    unit: str
    peer: str
    ours: list[float]
    theirs: list[float]
    most: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Our median, as a multiple of theirs."""
        return median(self.ours) / median(self.theirs)


def said(row: Row) -> str:
    """A row in one line."""
    ours, theirs = median(row.ours), median(row.theirs)
    kept = "kept" if row.ratio <= row.most else "MISSED"
    return f"{row.what}: {ours:.4g} {row.unit}, {row.peer} {theirs:.4g} {row.unit}: {row.ratio:.3f} × (at most {row.most:.3g}: {kept})"


def machine() -> dict[str, Any]:
    """Where it was measured."""
    return {
        "kernel": platform.release().split("-")[0],
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "os": platform.freedesktop_os_release().get("PRETTY_NAME", ""),
    }


def keep(name: str, rows: list[Row]) -> None:
    """Write results/NAME.json."""
    FOLDER.mkdir(exist_ok=True)
    kept = [{**asdict(row), "ours": [round(v, 3) for v in row.ours], "theirs": [round(v, 3) for v in row.theirs]} for row in rows]
    (FOLDER / f"{name}.json").write_text(json.dumps({"figure": name, "machine": machine(), "rows": kept}, indent=1) + "\n")


def kept(name: str) -> tuple[dict[str, Any], list[Row]] | None:
    """What keep() wrote: the machine and the rows; None where the figure was never taken."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    found = json.loads(path.read_text())
    return found["machine"], [Row(**row) for row in found["rows"]]
