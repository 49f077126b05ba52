"""Users, groups and capabilities."""

from typing import Final

from explorer.decode.syscall.args.array import Numbers, one
from explorer.decode.syscall.args.capability import DATA, HEADER
from explorer.decode.syscall.args.number import ID, ID16, INT
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.call import Signature, row
from explorer.decode.syscall.reads import RESULT

ONE = Out(one("I", ID))
ONE16 = Out(one("H", ID16))
GIVEN = Numbers("I", ID, "size")
TAKEN = Out(Numbers("I", ID, RESULT, unless="size"))
U, G = {"ruid": ID, "euid": ID}, {"rgid": ID, "egid": ID}
U16, G16 = {"ruid": ID16, "euid": ID16}, {"rgid": ID16, "egid": ID16}


def wide(suffix: str) -> dict[str, Signature]:
    """The calls with 32-bit ids; i386 has them under names that end in 32."""
    return {
        f"getuid{suffix}": row("ask for the real user"),
        f"geteuid{suffix}": row("ask for the effective user"),
        f"getgid{suffix}": row("ask for the real group"),
        f"getegid{suffix}": row("ask for the effective group"),
        f"setuid{suffix}": row("change the user", uid=ID),
        f"setgid{suffix}": row("change the group", gid=ID),
        f"setreuid{suffix}": row("change real and effective user", **U),
        f"setregid{suffix}": row("change real and effective group", **G),
        f"setresuid{suffix}": row("change real, effective and saved user", **U, suid=ID),
        f"setresgid{suffix}": row("change real, effective and saved group", **G, sgid=ID),
        f"getresuid{suffix}": row("ask for real, effective and saved user", ruid=ONE, euid=ONE, suid=ONE),
        f"getresgid{suffix}": row("ask for real, effective and saved group", rgid=ONE, egid=ONE, sgid=ONE),
        f"setfsuid{suffix}": row("change the user for file access", fsuid=ID),
        f"setfsgid{suffix}": row("change the group for file access", fsgid=ID),
        f"getgroups{suffix}": row("ask for supplementary groups", size=INT, list=TAKEN),
        f"setgroups{suffix}": row("set supplementary groups", size=INT, list=GIVEN),
    }


ROWS: Final[dict[str, Signature]] = {
    **wide(""),
    **wide("32"),
    "capget": row("ask for capabilities", hdrp=HEADER, datap=Out(DATA)),
    "capset": row("set capabilities", hdrp=HEADER, datap=DATA),
    "setuid@i386": row("change the user", uid=ID16),
    "setgid@i386": row("change the group", gid=ID16),
    "setreuid@i386": row("change real and effective user", **U16),
    "setregid@i386": row("change real and effective group", **G16),
    "setresuid@i386": row("change real, effective and saved user", **U16, suid=ID16),
    "setresgid@i386": row("change real, effective and saved group", **G16, sgid=ID16),
    "getresuid@i386": row("ask for real, effective and saved user", ruid=ONE16, euid=ONE16, suid=ONE16),
    "getresgid@i386": row("ask for real, effective and saved group", rgid=ONE16, egid=ONE16, sgid=ONE16),
    "setfsuid@i386": row("change the user for file access", fsuid=ID16),
    "setfsgid@i386": row("change the group for file access", fsgid=ID16),
    "getgroups@i386": row("ask for supplementary groups", size=INT, list=Out(Numbers("H", ID16, RESULT))),
    "setgroups@i386": row("set supplementary groups", size=INT, list=Numbers("H", ID16, "size")),
}
