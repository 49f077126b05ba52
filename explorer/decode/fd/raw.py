"""The text that /proc shows of one descriptor, split but not yet understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypedDict

from explorer.decode.constants.open_flags import flag_names
from explorer.decode.text import text
from explorer.model.missing import Missing, Reason

NOT_LOOKED_UP: Final = Missing(Reason.UNSUPPORTED, "not looked up")


class Stat(NamedTuple):
    """What stat(2) says of the file behind a descriptor. fstype, mount: of the mount it is on, "" where that is not known.

    renamed: the name that the link has leads to it no more, though other names may.
    """

    dev: int
    ino: int
    mode: int
    nlink: int
    rdev: int
    size: int
    fstype: str = ""
    mount: str = ""
    renamed: bool = False


class Common(TypedDict):
    """The facts that every descriptor has."""

    number: int
    target: str
    position: int | Missing
    flags: int | Missing
    flag_names: tuple[str, ...]
    mnt_id: int
    ino: int
    info: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RawFd:
    """A descriptor's link and its fdinfo. lines: key and value of each line, in order; info: the values of each key.

    unreadable: why there is no fdinfo. stat: of the file behind it; None where nobody asked.
    """

    number: int
    link: str
    lines: tuple[tuple[str, str], ...]
    info: Mapping[str, tuple[str, ...]]
    unreadable: Missing | None = None
    stat: Stat | Missing | None = None
    arch: str = "x86_64"

    def first(self, key: str) -> str:
        """The first value of a key, "" where it is absent."""
        return self.info.get(key, ("",))[0]

    def number_of(self, key: str, base: int = 10) -> int | Missing:
        """The first value of a key as a number; Missing where it is absent or none."""
        found = self.info.get(key)
        if found is None:
            return self.unreadable or Missing(Reason.UNSUPPORTED, f"fdinfo of {self.number} has no {key}")
        return integer(found[0], base, Missing(Reason.UNSUPPORTED, f"{key} in fdinfo of {self.number} is no number"))

    @property
    def common(self) -> Common:
        """The facts that every descriptor has; proc_pid_fdinfo(5)."""
        flags = self.number_of("flags", 8)
        return {
            "number": self.number,
            "target": self.link,
            "position": self.number_of("pos"),
            "flags": flags,
            "flag_names": () if isinstance(flags, Missing) else flag_names(flags, self.arch),
            "mnt_id": known(self.number_of("mnt_id")),
            "ino": known(self.number_of("ino")),
            "info": self.lines,
        }


def split(
    number: int, link: str, fdinfo: bytes | Missing, stat: Stat | Missing | None = None, arch: str = "x86_64"
) -> RawFd:
    """Split an fdinfo file. A key may stand on several lines; a line without a colon is a key without value."""
    if isinstance(fdinfo, Missing):
        return RawFd(number, link, (), {}, fdinfo, stat, arch)
    lines, info = [], dict[str, tuple[str, ...]]()
    for line in text(fdinfo).split("\n"):
        if not line.strip():
            continue
        key, _, value = line.partition(":")
        # Lines of inotify and fanotify have no colon of their own; the first one is inside `wd:1`.
        if " " in key.strip() and key.split()[0] in {"inotify", "fanotify"}:
            key, _, value = line.partition(" ")
        key, value = key.strip(), value.strip()
        lines.append((key, value))
        info[key] = (*info.get(key, ()), value)
    return RawFd(number, link, tuple(lines), info, None, stat, arch)


def integer(digits: str, base: int, otherwise: Missing) -> int | Missing:
    """A number, or what to say where it is none."""
    try:
        return otherwise if "_" in digits else int(digits, base)
    except ValueError:
        return otherwise


def known(number: int | Missing, default: int = 0) -> int:
    """The number, or the default where it is Missing."""
    return default if isinstance(number, Missing) else number


def pairs(line: str) -> dict[str, str]:
    """`wd:1 ino:2f` or `tfd:        3 events:       19` as key and value; what fits neither is left out."""
    found, words = dict[str, str](), line.replace(":", ": ").split()
    for index, word in enumerate(words):
        if word.endswith(":") and index + 1 < len(words) and not words[index + 1].endswith(":"):
            found[word[:-1]] = words[index + 1]
    return found


def hexadecimal(found: Mapping[str, str], key: str, base: int = 16) -> int:
    """A number out of pairs(), 0 where it is absent or none."""
    return known(integer(found.get(key, ""), base, Missing(Reason.UNSUPPORTED)))
