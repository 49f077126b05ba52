"""Names out of struct bpf_prog_info and bpf_map_info of include/uapi/linux/bpf.h."""

from typing import Final

from explorer.decode.text import text

NAMES: Final = {"prog": slice(64, 80), "map": slice(24, 40)}
"""Where the name is; it is at most 15 bytes."""


def name(sort: str, info: bytes) -> str:
    """ "" for one without a name, and of sorts that have none."""
    return text(info[NAMES[sort]].partition(b"\0")[0]) if sort in NAMES else ""
