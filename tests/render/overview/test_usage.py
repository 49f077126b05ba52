"""render/overview/usage.py"""

from dataclasses import replace

from explorer.model.rates import Rates
from explorer.render.overview.usage import usage
from explorer.render.piece import plain
from tests.facts import DENIED, OVERVIEW, USAGE


def of(rates: Rates | None = None, **changes: object) -> dict[str, str]:
    overview = replace(OVERVIEW, usage=replace(USAGE, **changes))  # type: ignore[arg-type]
    return {entry.label: plain(entry.value) for entry in usage(overview, rates)}


def test_totals() -> None:
    found = of()
    assert found["cpu"] == "00:00:15: user 12 s, system 3.0 s"
    assert found["memory"] == "14M resident, at most 15M so far  of 60M address space"
    assert found["I/O"] == "disk 4.0K read, 0 written; calls 212M read, 1.0M written"
    assert found["page faults"] == "5,000 minor, 7 major"
    assert found["switches"].startswith("1,202 when it waited, 33 when its time was up")


def test_rates_between_refreshes() -> None:
    found = of(Rates(1.0, 3.1, 1.2, 10, 0, {"rchar": 18 << 10, "wchar": 0, "read_bytes": 4096}))
    assert found["cpu"].startswith("4.3 % of a core, 1.2 in the kernel")
    assert found["I/O"].startswith("disk in 4.0K/s, read 18K/s  disk 4.0K read")
    assert found["page faults"].endswith("10/s, 0/s")


def test_unusual() -> None:
    assert of(io=DENIED)["I/O"] == "denied"
    assert of(memory={})["memory"] == "none"
    assert of(memory={"VmRSS": 1 << 20, "VmSwap": 1 << 20})["memory"].startswith("1.0M resident, 1.0M swapped")
    assert of(utime=0, stime=0)["cpu"] == "none yet"
