"""decode/constants/capabilities.py"""

import re
import subprocess
from pathlib import Path

import pytest

from explorer.decode.constants.capabilities import KNOWN, NAMES, capability_names

HEADER = Path("/usr/include/linux/capability.h")


def test_names() -> None:
    assert capability_names(0) == ()
    assert capability_names(1 << 0 | 1 << 21 | 1 << 45) == ("CAP_CHOWN", "CAP_SYS_ADMIN", "CAP_45")


@pytest.mark.skipif(not HEADER.exists(), reason="needs linux-libc-dev")
def test_as_the_header_has_them() -> None:
    found = {int(number): name for name, number in re.findall(r"#define (CAP_\w+)\s+(\d+)\s*$", HEADER.read_text(), re.MULTILINE)}
    assert {number: NAMES[number] for number in found} == found


@pytest.mark.oracle("capsh")
def test_as_capsh_decodes_them() -> None:
    out = subprocess.run(["capsh", f"--decode={KNOWN:x}"], capture_output=True, text=True, check=True).stdout
    names = {name for name in out.strip().partition("=")[2].split(",") if not name.isdigit()}
    assert names <= {name.lower() for name in capability_names(KNOWN)}
