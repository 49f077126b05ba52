"""/proc/PID/auxv: the auxiliary vector, pairs of tag and value. Source: getauxval(3), proc_pid_auxv(5)."""

from explorer.decode.constants.auxv import NAMES


def decode(raw: bytes, word: int = 8) -> tuple[tuple[int, int], ...]:
    """Tag and value in order, up to AT_NULL. word: bytes of the program's long, 4 or 8."""
    words = [int.from_bytes(raw[at : at + word], "little") for at in range(0, len(raw) - word + 1, word)]
    pairs = []
    for tag, value in zip(words[::2], words[1::2], strict=False):
        if tag == 0:
            break
        pairs.append((tag, value))
    return tuple(pairs)


def tag_name(tag: int) -> str:
    """AT_…, or the number."""
    return NAMES.get(tag, str(tag))
