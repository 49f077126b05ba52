"""Which machine this is, and who we are on it."""

import os
import platform
from typing import Final

from explorer.decode.constants.capabilities import KNOWN, NAMES, capability_names
from explorer.decode.proc.status import decode
from explorer.model.check import Check, Verdict
from explorer.model.missing import Missing, Unreadable
from explorer.resolve.system import System

USEFUL: Final = (19, 21, 2, 24)
"""CAP_SYS_PTRACE, CAP_SYS_ADMIN, CAP_DAC_READ_SEARCH, CAP_SYS_RESOURCE"""


def kernel(system: System) -> Check:  # noqa: ARG001
    """Which machine, which Python."""
    name = os.uname()
    arch = name.machine
    known = arch in {"x86_64", "aarch64"}
    detail = f"Linux {name.release}, {arch}, Python {platform.python_version()}"
    return Check("kernel", Verdict.WORKS if known else Verdict.PARTLY, detail, "" if known else f"system calls of {arch} are not decoded")


def privileges(system: System) -> Check:
    """Who we are, and which capabilities that help we have."""
    uid = os.geteuid()
    try:
        mask = decode(system.proc.read("self", "status")).capabilities.effective
    except Unreadable as unreadable:
        mask = unreadable.missing
    has = 0 if isinstance(mask, Missing) else mask
    lacking = [NAMES[number] for number in USEFUL if not has >> number & 1]
    words = "all capabilities" if has & KNOWN == KNOWN else ", ".join(capability_names(has)) or "no capabilities"
    if 0 < (KNOWN & ~has).bit_count() <= 4:
        words = f"all capabilities but {', '.join(capability_names(KNOWN & ~has))}"
    detail = f"{system.users.name(uid)} (uid {uid}), {words}"
    if not lacking:
        return Check("privileges", Verdict.WORKS, detail)
    if uid:
        return Check("privileges", Verdict.PARTLY, f"{detail}: only your own processes are open", "sudo procdive")
    return Check("privileges", Verdict.PARTLY, f"{detail}: processes that have more stay closed", f"a root with {', '.join(lacking)}")
