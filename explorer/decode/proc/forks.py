"""How many processes and threads were made since boot: the line `processes` of proc_stat(5)."""


def decode(raw: bytes) -> int:
    """The number, 0 where the line is not there or is no number."""
    _, found, rest = (b"\n" + raw).partition(b"\nprocesses ")
    word = rest.partition(b"\n")[0].strip()
    return int(word) if found and word.isdigit() else 0
