"""/etc/hosts: hosts(5)."""

from explorer.decode.text import text


def decode(raw: bytes) -> dict[str, tuple[str, ...]]:
    """Name or alias, in small letters → its addresses, in order, each once."""
    found: dict[str, dict[str, None]] = {}
    for line in text(raw).split("\n"):
        address, *names = line.partition("#")[0].split() or [""]
        for name in names:
            found.setdefault(name.lower(), {})[address] = None
    return {name: tuple(addresses) for name, addresses in found.items()}
