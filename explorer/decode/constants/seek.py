"""Places of lseek(2): include/uapi/linux/fs.h."""

from typing import Final

NAMES: Final[dict[int, str]] = {
    0: "SEEK_SET",
    1: "SEEK_CUR",
    2: "SEEK_END",
    3: "SEEK_DATA",
    4: "SEEK_HOLE",
}
