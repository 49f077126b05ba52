"""/proc/PID/status with its masks in words."""

from typing import Final

from explorer.decode.constants.capabilities import KNOWN, capability_names
from explorer.decode.constants.signals import signal_name
from explorer.model.status import Signals, Status
from explorer.render.piece import Line, Piece, Role, piece

SIGNAL_KEYS: Final = ("SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt")
CAPABILITY_KEYS: Final = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
LABEL: Final = 27
NAMES: Final = {
    "pending": "pending for the thread", "shared_pending": "pending for the process", "blocked": "blocked", "ignored": "ignored",
    "caught": "caught",
}  # fmt: skip


def status_lines(status: Status) -> tuple[Line, ...]:
    """Every line of it, in its order; what stands behind a mask is named."""
    return tuple(line(key, value) for key, value in status.fields.items())


def line(key: str, value: str) -> Line:
    """One."""
    words = ""
    if key in SIGNAL_KEYS + CAPABILITY_KEYS:
        try:
            mask = int(value, 16)
        except ValueError:
            mask = 0
        words = capabilities_of(mask) if key in CAPABILITY_KEYS else " ".join(signals_of(mask))
    return (Piece(f"{piece(key).text:<{LABEL}}", Role.SECONDARY), piece(value.replace("\t", " ")), piece(f"  {words}" if words else ""))


def capabilities_of(mask: int) -> str:
    """Names; of almost all, what is missing from all."""
    lacking = KNOWN & ~mask
    if mask and lacking.bit_count() <= 4:
        return "all" + (f" but {' '.join(capability_names(lacking))}" if lacking else "")
    return " ".join(capability_names(mask))


def signals_of(mask: int) -> list[str]:
    """The signals of a set, bit 0 being signal 1."""
    return [signal_name(bit + 1) for bit in range(mask.bit_length()) if mask >> bit & 1]


def signal_lines(signals: Signals) -> tuple[Line, ...]:
    """The five sets."""
    found = []
    for field, words in NAMES.items():
        mask = getattr(signals, field)
        shown = (piece(" ".join(signals_of(mask)) or "none"),) if isinstance(mask, int) else (piece("unknown", Role.SECONDARY),)
        found.append((Piece(f"{words:<{LABEL}}", Role.SECONDARY), *shown))
    return tuple(found)
