"""/etc/services: services(5)."""

from explorer.decode.text import text


def decode(raw: bytes) -> dict[str, tuple[tuple[int, str], ...]]:
    """Name or alias → port and protocol, of each line that has it; lines that are none are passed over."""
    found: dict[str, dict[tuple[int, str], None]] = {}
    for line in text(raw).split("\n"):
        words = line.partition("#")[0].split()
        port, _, protocol = words[1].partition("/") if len(words) > 1 else ("", "", "")
        if port.isascii() and port.isdecimal() and len(port) < 6 and protocol:
            for name in (words[0], *words[2:]):
                found.setdefault(name, {})[int(port), protocol.lower()] = None
    return {name: tuple(ends) for name, ends in found.items()}
