"""The tables against the headers that are installed: each name that the compiler knows has our value."""

import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

import explorer.decode.constants as package

HEADERS = [
    "linux/types.h", "sys/socket.h", "linux/aio_abi.h", "asm/ioctls.h", "asm/mman.h", "asm/poll.h", "asm/prctl.h",
    "asm/siginfo.h", "linux/bpf.h", "linux/close_range.h", "linux/eventpoll.h", "linux/falloc.h", "linux/fadvise.h",
    "linux/fanotify.h", "linux/fcntl.h", "linux/fs.h", "linux/futex.h", "linux/if_packet.h", "linux/in.h", "linux/in6.h",
    "linux/inotify.h", "linux/io_uring.h", "linux/keyctl.h", "linux/magic.h", "linux/memfd.h", "linux/mman.h", "linux/mount.h",
    "linux/netlink.h", "linux/openat2.h", "linux/prctl.h", "linux/ptrace.h", "linux/random.h", "linux/resource.h",
    "linux/sched.h", "linux/seccomp.h", "linux/sockios.h", "linux/stat.h", "linux/tcp.h", "linux/time.h", "linux/udp.h",
    "linux/wait.h", "linux/capability.h", "asm/errno.h",
]  # fmt: skip
NOT_CHECKED = {
    "bpf": "types in bpftool's lower case words",
    "ethertypes": "short words",
    "sockets": "short words",
    "limit_names": "words of /proc/PID/limits",
    "errno": "tested by itself",
}
ARM = {"O_DIRECTORY", "O_NOFOLLOW", "O_DIRECT", "O_LARGEFILE", "O_TMPFILE"}
"""The flags of open that have two values, x86's and ARM's."""
FOLDER = Path(package.__path__[0])
TABLES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in {"__init__", "bits", *NOT_CHECKED})


def entries(table: str) -> list[tuple[str, int]]:
    found = []
    for value in vars(import_module(f"explorer.decode.constants.{table}")).values():
        if isinstance(value, dict):
            found += [(name, number) for number, name in value.items() if isinstance(name, str) and isinstance(number, int)]
    return found


ENUMS = (
    "sys/socket.h",
    "netinet/in.h",
    "sys/resource.h",
    "sys/epoll.h",
    "sys/eventfd.h",
    "sys/timerfd.h",
    "sys/signalfd.h",
    "sys/wait.h",
    "sys/mount.h",
)
"""Headers of the C library that say it in enums, which the preprocessor does not know; they go together."""
EXPRESSION = re.compile(r"[0-9a-fA-FxX()|<~+\- ]+")


@pytest.mark.oracle("gcc")
def test_names_have_their_values(tmp_path: Path) -> None:
    listed = [(table, name, value) for table in TABLES for name, value in entries(table) if re.fullmatch(r"_*[A-Z][A-Za-z0-9_]+", name)]
    assert len(listed) > 1500
    names = sorted({name for _, name, _ in listed})
    values = macros(names)
    for name, number in enums(names, tmp_path).items():
        values.setdefault(name, number)
    assert len(values) > 1100
    wrong = {
        (table, name, value, values[name])
        for table, name, value in listed
        if name in values and (value - values[name]) % (1 << 32) and not (table == "open_flags" and name in ARM)
    }
    assert wrong == set()


def macros(names: list[str]) -> dict[str, int]:
    """What the preprocessor makes of each name; those with a sizeof or a cast in them are left out."""
    usable = [header for header in HEADERS if (Path("/usr/include") / header).is_file() or list(Path("/usr/include").glob(f"*/{header}"))]
    source = "".join(f"#include <{header}>\n" for header in usable) + "".join(f'"@{name}" {name}\n' for name in names)
    out = subprocess.run(["gcc", "-E", "-P", "-"], input=source, capture_output=True, text=True, check=True).stdout
    found = {}
    for name, text in re.findall(r'^"@(\w+)" (.+)$', out, re.M):
        plain = re.sub(r"(?<=[0-9a-fA-F])(?:[uU][lL]*|[lL]+[uU]?)\b", "", text)
        if text != name and EXPRESSION.fullmatch(plain):
            octal = re.sub(r"\b0([0-7]+)\b", r"0o\1", plain)
            found[name] = int(eval(octal, {"__builtins__": {}}))
    return found


def enums(names: list[str], folder: Path) -> dict[str, int]:
    """What the compiler makes of those that the C library has."""
    head = "#define _GNU_SOURCE\n#include <stdio.h>\n" + "".join(f"#include <{header}>\n" for header in ENUMS)
    text = subprocess.run(["gcc", "-E", "-P", "-"], input=head, capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"\b(_*[A-Z][A-Z0-9_]+)\b", text)) & set(names)
    prints = "".join(f'printf("{name} %lld\\n", (long long) ({name}));\n' for name in sorted(known))
    program = folder / "enums"
    subprocess.run(["gcc", "-w", "-x", "c", "-o", program, "-"], input=f"{head}int main(void) {{ {prints} }}", text=True, check=True)
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    return {name: int(number) for name, number in map(str.split, lines)}
