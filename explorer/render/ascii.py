"""Text for a terminal that has ASCII only (the C locale)."""

from typing import Final

SIGNS: Final = {
    "├": "|", "└": "`", "─": "-", "│": "|", "┌": ",", "…": "...", "←": "<-", "→": "->", "↔": "<->", "µ": "u", "●": "@", "▲": "^", "▼": "v",
    "·": "-", "≥": ">=", "≤": "<=", "×": "x", "–": "-", "—": "-", "‖": "||", "▸": ">", "▏": "_", "█": "#", "▌": ":",
}  # fmt: skip
_TABLE: Final = str.maketrans(SIGNS)


def to_ascii(text: str) -> str:
    r"""Our own signs by their ASCII twins, anything else as \u escapes."""
    return text if text.isascii() else text.translate(_TABLE).encode("ascii", "backslashreplace").decode()
