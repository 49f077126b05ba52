"""st_mode and device numbers."""

from functools import lru_cache

from explorer.decode.constants.stat_modes import TYPES
from explorer.decode.syscall.call import Frame
from explorer.model.trace import Value

S_IFMT = 0o170000
BITS = ((0o4000, "S_ISUID"), (0o2000, "S_ISGID"), (0o1000, "S_ISVTX"))
DEVICES = {0o020000, 0o060000}


@lru_cache(1024)
def mode_text(mode: int) -> str:
    """S_IFREG|0644; set-id and sticky bits by name."""
    parts = [TYPES[mode & S_IFMT]] if mode & S_IFMT in TYPES else [f"{mode & S_IFMT:#o}".replace("0o", "0")] if mode & S_IFMT else []
    parts += [name for bit, name in BITS if mode & bit]
    return "|".join([*parts, f"0{mode & 0o777:03o}" if mode & 0o777 else "000"])


def FILE_MODE(_frame: Frame, raw: int) -> Value:
    """A mode with the file's type."""
    return Value(raw, mode_text(raw & 0xFFFF))


def device_text(device: int) -> str:
    """makedev(major, minor) of a dev_t as the C library has it: major in bits 8-19 and 32-63, minor in 0-7 and 12-31."""
    major = (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)
    minor = (device & 0xFF) | (device >> 12 & 0xFFFFFF00)
    return f"makedev({major:#x}, {minor:#x})" if major and minor else f"makedev({major:#x}, {minor:#x})".replace("0x0", "0")


def DEVICE(_frame: Frame, raw: int) -> Value:
    return Value(raw, device_text(raw))


def DEVICE_IF_NODE(frame: Frame, raw: int) -> Value | None:
    """mknod's dev: only devices have one."""
    return DEVICE(frame, raw & 0xFFFFFFFF) if frame["mode"] & S_IFMT in DEVICES else None
