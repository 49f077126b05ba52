"""render/status.py"""

from explorer.decode.proc.status import decode
from explorer.render.piece import plain
from explorer.render.status import signal_lines, status_lines
from tests.decode.proc.test_status import RAW


def test_case_40_masks_in_words() -> None:
    found = [plain(line) for line in status_lines(decode(RAW + b"CapPrm:\t000001fffeffffff\nCapAmb:\tzz\nOdd:\t\x1b\n"))]
    assert any(line.startswith("SigBlk") and line.endswith("  SIGRTMIN+1") for line in found)
    assert any(line.startswith("SigIgn") and line.endswith("  SIGHUP SIGRTMAX") for line in found)
    assert any(line.startswith("CapEff") and "CAP_NET_BIND_SERVICE" in line for line in found)
    assert any(line.startswith("CapPrm") and line.endswith("all but CAP_SYS_RESOURCE") for line in found)
    assert any(line.startswith("Odd") and line.endswith(r"\e") for line in found)


def test_signal_sets() -> None:
    found = [plain(line).split() for line in signal_lines(decode(RAW).signals)]
    assert found[2] == ["blocked", "SIGRTMIN+1"]
    assert found[3] == ["ignored", "SIGHUP", "SIGRTMAX"]
    assert found[4] == ["caught", "unknown"]
