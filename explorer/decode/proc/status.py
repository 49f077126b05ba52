"""/proc/PID/status. Source: proc_pid_status(5), fs/proc/array.c."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from explorer.decode.text import text
from explorer.model.missing import Missing, Reason
from explorer.model.status import Capabilities, Ids, Signals, Status

T = TypeVar("T")


def decode(raw: bytes) -> Status:
    """Every field that is there, in any order; lines that mean nothing are passed over."""
    fields = decode_fields(raw)

    def take(key: str, read: Callable[[str], T]) -> T | Missing:
        """A field, or why there is none: this kernel has it not, or writes it in a way that we do not know."""
        found = fields.get(key)
        if found is None:
            return Missing(Reason.UNSUPPORTED, f"status has no {key}")
        try:
            return read(found)
        except ValueError:
            return Missing(Reason.UNSUPPORTED, f"status says {key}: {found}")

    return Status(
        name=unescaped(fields.get("Name", "")),
        state=fields.get("State", "")[:1],
        tgid=take("Tgid", int),
        pid=take("Pid", int),
        ppid=take("PPid", int),
        tracer=take("TracerPid", int),
        uid=take("Uid", ids),
        gid=take("Gid", ids),
        groups=take("Groups", numbers),
        nspid=take("NSpid", numbers),
        threads=take("Threads", int),
        memory=sizes(fields),
        sigq=take("SigQ", pair),
        signals=Signals(*(take(key, hexadecimal) for key in ("SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt"))),
        capabilities=Capabilities(*(take(key, hexadecimal) for key in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))),
        no_new_privs=take("NoNewPrivs", flag),
        seccomp=take("Seccomp", int),
        seccomp_filters=take("Seccomp_filters", int),
        umask=take("Umask", octal),
        cpus=take("Cpus_allowed_list", str),
        mems=take("Mems_allowed_list", str),
        voluntary_switches=take("voluntary_ctxt_switches", int),
        involuntary_switches=take("nonvoluntary_ctxt_switches", int),
        fields=fields,
    )


def decode_fields(raw: bytes) -> dict[str, str]:
    r"""Key → value of `Key:\tvalue` lines, as they stand there; the first of a name that comes twice."""
    fields: dict[str, str] = {}
    for line in text(raw).split("\n"):
        key, colon, value = line.partition(":")
        if colon and key:
            # A comm may begin or end with blanks.
            fields.setdefault(key, value.removeprefix("\t") if key == "Name" else value.strip())
    return fields


def unescaped(name: str) -> str:
    r"""The comm of a Name line, where newline and backslash stand as \n and \\ (proc_task_name() of fs/proc/array.c)."""
    return name.replace(r"\\", "\0").replace(r"\n", "\n").replace("\0", "\\") if "\\" in name else name


def sizes(fields: Mapping[str, str]) -> dict[str, int]:
    """The fields in kB, as bytes."""
    return {key: int(value[:-3]) * 1024 for key, value in fields.items() if value.endswith(" kB") and plain_number(value[:-3])}


def plain_number(word: str) -> bool:
    """Whether these are ASCII digits and nothing else."""
    return word.isascii() and word.isdigit()


def ids(value: str) -> Ids:
    """Real, effective, saved, file system."""
    real, effective, saved, fs = map(int, value.split())
    return real, effective, saved, fs


def numbers(value: str) -> tuple[int, ...]:
    """Numbers between blanks."""
    return tuple(map(int, value.split()))


def pair(value: str) -> tuple[int, int]:
    """`queued/limit`."""
    first, second = value.split("/")
    return int(first), int(second)


def hexadecimal(value: str) -> int:
    """A mask."""
    return int(value, 16)


def octal(value: str) -> int:
    """A mode."""
    return int(value, 8)


def flag(value: str) -> bool:
    """0 or 1."""
    return bool(int(value))
