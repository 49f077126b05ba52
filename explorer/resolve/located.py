"""Where a path leads, found without opening anything: what stat(2) says of it, and what the descriptors of others say of the same file."""

from dataclasses import dataclass

from explorer.decode.fd.raw import known, split
from explorer.kernel.frames import STAT
from explorer.kernel.paths import decoded
from explorer.kernel.reader import Ask, FileStat, Reader, stat_of
from explorer.model.missing import Missing, Unreadable


@dataclass(frozen=True, slots=True)
class Located:
    """mnt_id, ino: as fdinfo has them, 0 where it does not; ino may be another number than stat's on an overlay. path: without links."""

    stat: FileStat
    mnt_id: int
    ino: int
    path: str


def located(reader: Reader, path: str) -> Located:
    """Follows links. Blocks for a deadline. Raises Unreadable."""
    answer = reader.ask([Ask("i", path)])[0]
    if isinstance(answer, Missing):
        raise Unreadable(answer)
    info, _, real = answer[STAT.size :].partition(b"\0")
    text = split(0, "", info)
    return Located(stat_of(answer[: STAT.size]), known(text.number_of("mnt_id")), known(text.number_of("ino")), decoded(real))
