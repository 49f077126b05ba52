"""The shells' completion files, shipped with us; tools/completions.py makes them from the parsers."""

from pathlib import Path
from typing import Final

FILES: Final = {"bash": "procdive.bash", "zsh": "_procdive", "tcsh": "procdive.tcsh"}
FOLDER: Final = Path(__file__).parent.parent / "completions"


def completion(shell: str) -> str:
    """What `procdive --print-completion SHELL` prints."""
    return (FOLDER / FILES[shell]).read_text()
