"""tests/recorded/lsfd: what lsfd of util-linux 2.41 says of our specimens, with the kernel's text that both read.

    PROCDIVE_LSFD="…" python -m tests.oracle.recording [KIND…]      as root, on a machine that has such an lsfd

For machines whose lsfd is older: tests/oracle/test_recorded.py decodes the text and compares.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest

from explorer.collect.files import texts
from explorer.decode.constants.sockets import AF_INET, AF_INET6
from explorer.decode.fd import wants_stat
from explorer.decode.fd.pipe import bracketed
from explorer.decode.fd.raw import known
from explorer.decode.netlink import inet, netlink, packet, unix
from explorer.kernel.netlink import SocketTables
from explorer.model.missing import Unreadable
from explorer.resolve.sockets import INET
from explorer.resolve.system import System
from tests.oracle.lsfd import is_new, said
from tests.oracle.test_kinds import IN_A_FOLDER, ON_A_FILE, PLAIN
from tests.specimens.holds import Holds

PLACE: Final = Path(__file__).parent.parent / "recorded/lsfd"


def rows(namespace: str) -> dict[int, tuple[str, str]]:
    """Inode → table and row in hex, of all sockets of a network namespace."""
    found: dict[int, tuple[str, str]] = {}
    with SocketTables(namespace) as line:
        for name in ("tcp", "mptcp", "udp", "udplite"):
            for family in (AF_INET, AF_INET6):
                for row in line.dump(inet.request(family, INET[name])):
                    entry = inet.entry(row)
                    found[entry.inode if entry else 0] = name, row.hex()
        for name, request, inode_of in (
            ("unix", unix.request(), unix.inode_of),
            ("netlink", netlink.request(), netlink.inode_of),
            ("packet", packet.request(), packet.inode_of),
        ):
            found |= {inode_of(row): (name, row.hex()) for row in line.dump(request)}
    return found


def recorded(system: System, pid: int) -> list[dict[str, Any]]:
    """Each descriptor but the standard ones."""
    theirs, raws = said(pid), texts(system, pid, [number for number in system.proc.numbers(pid, "fd") if number > 2])
    stats = system.stats.of(pid, {number: known(raw.number_of("mnt_id"), -1) for number, raw in raws.items() if wants_stat(raw.link)})
    sockets = rows(system.proc.path(pid, "ns", "net"))
    out = []
    for number, raw in raws.items():
        row = {key: value for key, value in theirs[number].items() if value is not None}
        entry: dict[str, Any] = {"link": raw.link, "fdinfo": [f"{key}:\t{value}" for key, value in raw.lines], "lsfd": row}
        if isinstance(stat := stats.get(number), tuple):
            entry["stat"] = list(stat)
        if raw.link.startswith("socket:") and bracketed(raw.link) in sockets:
            entry["table"], entry["row"] = sockets[bracketed(raw.link)]
        out.append(entry)
    return out


def main() -> None:
    """All kinds that can be made here, or those that are named."""
    if not is_new():
        sys.exit("this lsfd has fewer columns: PROCDIVE_LSFD names another")
    system = System()
    for kind in sys.argv[1:] or [*PLAIN, *IN_A_FOLDER, *ON_A_FILE]:
        with tempfile.TemporaryDirectory(prefix="procdive-") as folder:
            arguments = [folder] if kind in IN_A_FOLDER else [f"{folder}/file"] if kind in ON_A_FILE else []
            try:
                with Holds(kind, *arguments) as it:
                    entries = recorded(system, it.pid)
            except (Unreadable, pytest.skip.Exception) as error:
                print(f"{kind}: {error}")
                continue
        PLACE.mkdir(parents=True, exist_ok=True)
        (PLACE / f"{kind}.json").write_text(json.dumps(entries, indent=1, ensure_ascii=True) + "\n")
    system.close()


if __name__ == "__main__":
    main()
