"""Modes of access(2): unistd.h."""

from typing import Final

NAMES: Final[dict[int, str]] = {
    1: "X_OK",
    2: "W_OK",
    4: "R_OK",
}
