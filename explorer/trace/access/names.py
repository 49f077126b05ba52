"""Names of files made whole: a folder and a relative name joined, as far as that can be known without looking.

`//` and `.` are left out, and a slash at the end. `..` goes up only where what it goes up from is a folder's own name as the kernel
told it (the working directory, a descriptor), and not above the root; behind a name that the process gave it stays as it is: that name may
be a symbolic link, and then the kernel goes up from where it leads.
"""

from typing import Final

GONE: Final = b" (deleted)"
"""What the kernel writes behind a name that was removed."""


def joined(base: bytes, name: bytes, root: bytes = b"") -> bytes:
    """name as seen from base, a folder; an absolute one from root (b"" is ours). Where base is b"", a relative name stays relative."""
    if name.startswith(b"/"):
        base = root
        name = name.lstrip(b"/")
        if not name:
            return root or b"/"
    elif not base:
        return b"/".join([part for part in name.split(b"/") if part not in {b"", b"."}]) or b"."
    else:
        base = base.removesuffix(GONE).rstrip(b"/")
    if name[:1] != b"." and b"/." not in name and b"//" not in name and name[-1:] != b"/":
        return base + b"/" + name
    top = root if base == root or base.startswith(root + b"/") else b""
    kept: list[bytes] = []
    for part in name.split(b"/"):
        if part in {b"", b"."}:
            continue
        if part == b".." and not kept:
            base = base if base == top else base.rpartition(b"/")[0]
        else:
            kept.append(part)
    return b"/".join((base, *kept)) if kept else base or b"/"
