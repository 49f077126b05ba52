"""Makes explorer/decode/syscall/numbers/ from a kernel's sources: numbers of the .tbl files, prototypes of the SYSCALL_DEFINEs.

    python tools/make_syscall_tables.py LINUX_SOURCE_TREE

Only facts are taken: number, name, and each argument's C type and name. The files say which version they are from.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

WIDTH: Final = 140
OUT: Final = Path(__file__).parent.parent / "explorer" / "decode" / "syscall" / "numbers"
SKIPPED: Final = {"Documentation", "tools", "samples", "scripts", "sound", "rust", "usr", "lib", "crypto", "certs"}
ARCHES: Final = {"x86", "arm64"}
DEFINE: Final = re.compile(r"^(COMPAT_)?(?:\w+_)?SYSCALL(?:32)?_DEFINE(\d)\s*\(([^{;]*?)\)\s*(?:\n|\{)", re.M | re.S)
ENTRY: Final = re.compile(r"^(\d+)[ \t]+(\S+)[ \t]+(\S+)(?:[ \t]+(\S+))?(?:[ \t]+(\S+))?", re.M)

# What the macros do not tell: clone's order of arguments (CONFIG_CLONE_BACKWARDS), 64-bit arguments in two registers, and calls that the
# kernel has no more but older ones answer (their manual pages).
CLONE_BACKWARDS: Final = "unsigned long clone_flags, unsigned long newsp, int * parent_tidptr, unsigned long tls, int * child_tidptr"
CLONE: Final = "unsigned long clone_flags, unsigned long newsp, int * parent_tidptr, int * child_tidptr, unsigned long tls"
REMOVED: Final = {
    "_sysctl": "struct __sysctl_args * args",
    "bdflush": "int func, long data",
    "create_module": "const char * name, size_t size",
    "epoll_ctl_old": "int epfd, int op, int fd, struct epoll_event * event",
    "epoll_wait_old": "int epfd, struct epoll_event * events, int maxevents, int timeout",
    "get_kernel_syms": "struct kernel_sym * table",
    "get_thread_area": "struct user_desc * u_info",
    "lookup_dcookie": "u64 cookie, char * buffer, size_t len",
    "nfsservctl": "int cmd, struct nfsctl_arg * argp, union nfsctl_res * resp",
    "query_module": "const char * name, int which, void * buf, size_t bufsize, size_t * ret",
    "set_thread_area": "struct user_desc * u_info",
    "uselib": "const char * library",
}
GIVEN: Final = {
    "x86_64": {"clone": CLONE},
    "i386": {
        "clone": CLONE_BACKWARDS,
        "fanotify_mark": "int fanotify_fd, unsigned int flags, u32 mask_lo, u32 mask_hi, int dfd, const char * pathname",
        "lookup_dcookie": "u32 cookie_lo, u32 cookie_hi, char * buffer, size_t len",
    },
    "aarch64": {"clone": CLONE_BACKWARDS},
}


class Entry(NamedTuple):
    """A line of a .tbl file."""

    number: int
    abi: str
    name: str
    native: str
    compat: str


def entries(table: Path) -> Iterator[Entry]:
    """The lines of a .tbl file; native and compat are "" where the kernel has no such call (any more)."""
    for number, abi, name, native, compat in ENTRY.findall(table.read_text()):
        yield Entry(int(number), abi, name, native, "" if compat == "-" else compat)


def prototypes(tree: Path) -> dict[str, list[str]]:
    """Kernel entry (sys_read, compat_sys_open, sys_ia32_pread64) → the argument lists that it is defined with."""
    found: dict[str, list[str]] = {}
    for path in sorted(tree.rglob("*.[ch]")):
        parts = path.relative_to(tree).parts
        if parts[0] in SKIPPED or (parts[0] == "arch" and parts[1] not in ARCHES):
            continue
        text = path.read_text(errors="replace")
        if "SYSCALL" not in text or "_DEFINE" not in text:
            continue
        for compat, count, inside in DEFINE.findall(text):
            inside = re.sub(r"/\*.*?\*/", "", inside, flags=re.S)
            name, *words = [" ".join(word.split()) for word in inside.split(",")]
            arguments = joined(words)
            if arguments is None or (len(arguments) != int(count) and "SC_ARG64" not in inside):
                continue
            entry = f"{'compat_' if compat else ''}sys_{name}"
            shown = ", ".join(arguments)
            if shown not in found.setdefault(entry, []):
                found[entry].append(shown)
    return found


def joined(words: list[str]) -> list[str] | None:
    """Type, name, type, name … → "type name" each; None where that is no argument list. SC_ARG64(x) is two registers."""
    out: list[str] = []
    rest = list(words)
    while rest:
        first = rest.pop(0)
        if wide := re.fullmatch(r"(?:SC_ARG64|compat_arg_u64_dual)\((\w+)\)", first):
            out += [f"u32 {wide[1]}_lo", f"u32 {wide[1]}_hi"]
        elif rest:
            kind = " ".join(first.replace("__user", " ").replace("*", " * ").replace("* *", "**").split())
            out.append(f"{kind} {rest.pop(0)}")
        else:
            return None
    return out


def arguments_of(arch: str, entry: Entry, known: dict[str, list[str]]) -> str | None:
    """The argument list of a line of the table; None where the kernel has no such call."""
    if entry.name in GIVEN[arch]:
        return GIVEN[arch][entry.name]
    if not entry.native or entry.native.endswith("ni_syscall"):
        return REMOVED.get(entry.name)
    chosen = entry.compat if arch == "i386" and entry.compat else entry.native
    for name in (chosen, entry.native):
        if name in known:
            return known[name][0]
    if entry.name not in REMOVED:
        print(f"{arch}: no definition of {entry.name} ({chosen})", file=sys.stderr)
    return REMOVED.get(entry.name)


def write(path: Path, title: str, version: str, *tables: tuple[str, str, dict[int, str] | dict[str, str]]) -> None:
    """A module that holds nothing but tables."""
    lines = [f'"""{title}, {version}. Made by tools/make_syscall_tables.py."""', "", "from typing import Final", ""]
    for name, kind, table in tables:
        lines.append(f"{name}: Final[{kind}] = {{")
        lines += [f"    {key!r}: {value!r},".replace("'", '"') for key, value in table.items()]
        lines += ["}", ""]
    if any(len(line) > WIDTH for line in lines):
        lines.insert(1, "# ruff: noqa: E501")
    path.write_text("\n".join(lines).rstrip("\n") + "\n")


def main() -> None:
    tree = Path(sys.argv[1])
    head = dict(re.findall(r"^(VERSION|PATCHLEVEL|SUBLEVEL) = (\d+)", (tree / "Makefile").read_text(), re.M))
    version = "Linux {VERSION}.{PATCHLEVEL}.{SUBLEVEL}".format(**head)
    known = prototypes(tree)
    x86 = tree / "arch" / "x86" / "entry" / "syscalls"
    chosen = {
        "x86_64": ("arch/x86/entry/syscalls/syscall_64.tbl", x86 / "syscall_64.tbl", {"common", "64"}),
        "i386": ("arch/x86/entry/syscalls/syscall_32.tbl", x86 / "syscall_32.tbl", {"i386"}),
        "aarch64": ("scripts/syscall.tbl", tree / "scripts" / "syscall.tbl", {"common", "64", "renameat", "rlimit", "memfd_secret"}),
    }
    (OUT / "prototypes").mkdir(parents=True, exist_ok=True)
    for arch, (source, table, abis) in chosen.items():
        rows = sorted(entry for entry in entries(table) if entry.abi in abis)
        names = {entry.number: entry.name for entry in rows}
        tables: list[tuple[str, str, dict[int, str] | dict[str, str]]] = [("NAMES", "dict[int, str]", names)]
        if arch == "x86_64":
            x32 = {entry.number: entry.name for entry in entries(table) if entry.abi in {"common", "x32"}}
            tables.append(("X32", "dict[int, str]", {n: name for n, name in sorted(x32.items()) if names.get(n) != name}))
            tables.append(("NOT_X32", "dict[int, str]", {entry.number: entry.name for entry in rows if entry.abi == "64"}))
        write(OUT / f"{arch}.py", f"System calls of {arch} by number: {source}", version, *tables)
        shown = {entry.name: text for entry in rows if (text := arguments_of(arch, entry, known)) is not None}
        title = f"Arguments of the system calls of {arch}, as the kernel's SYSCALL_DEFINEs have them"
        write(OUT / "prototypes" / f"{arch}.py", title, version, ("ARGUMENTS", "dict[str, str]", shown))


if __name__ == "__main__":
    main()
