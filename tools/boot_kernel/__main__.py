"""Run a command under another Linux kernel, as root in an emulated machine, and return its exit status.

The machine boots a Debian kernel with a root in memory that is made of Debian packages, unpacked only: python3, libbpf1, procps,
util-linux and busybox, and what --package adds. PAYLOAD is copied to /payload, where COMMAND runs: one word is a line for sh, more are
a program and its arguments. There is no network but lo, and no standard input. tracefs, debugfs, bpffs and cgroup2 are mounted,
/boot/config says how the kernel was built. What the command leaves in /out comes back with --out; nothing else outlives the machine.

Exit status: the command's; 124 when the time limit ended it, 125 when the machine could not be made or died.

Packages come from the archive that this machine's apt uses, and are kept with the kernels in the cache folder (some 150 MB a kernel),
so that a second run needs no network. The first run installs qemu, as root on Debian 12 or 13. An emulated machine is 3 to 60 times
slower than this one: it can say whether something works, never how fast.
"""

import argparse
import fcntl
import os
import shlex
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from tools.boot_kernel import Failure
from tools.boot_kernel.apt import install, say
from tools.boot_kernel.image import image_of
from tools.boot_kernel.kernels import KERNELS, Kernel
from tools.boot_kernel.machine import Wish, boot, initrd, keep, secret_mark
from tools.boot_kernel.root import root_of

NO_MACHINE: Final = 125
EXAMPLES: Final = """examples:
  tools/boot-kernel 6.1-amd64 . python3 -m explorer doctor
  tools/boot-kernel --package strace 5.10-arm64 . 'strace -c true'
  tools/boot-kernel --module tcp_diag --out results 6.12-amd64 . 'ss -tan > /out/sockets'
"""


def cache_folder() -> Path:
    """Where images are kept, unless --cache says otherwise."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "procdive/kernels"


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    made = argparse.ArgumentParser(
        prog="boot-kernel", description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--seconds", type=float, default=300, help="the longest that the machine may run (300)")
    made.add_argument("--memory", type=int, default=0, metavar="MIB", help="of the guest (what it needs, 1024 at least)")
    made.add_argument("--cpus", type=int, default=2, help="of the guest (2)")
    made.add_argument("--package", dest="packages", action="append", default=[], metavar="NAME", help="a Debian package more in the guest")
    made.add_argument("--module", dest="modules", action="append", default=[], metavar="NAME", help="a kernel module to load")
    made.add_argument("--out", type=Path, metavar="FOLDER", help="copy the guest's /out here")
    made.add_argument("--words", default="", help="more on the kernel's command line")
    made.add_argument("--nice", type=int, default=0, help="of qemu")
    made.add_argument("--cache", type=Path, default=cache_folder(), metavar="FOLDER", help="where images are kept (%(default)s)")
    made.add_argument("--refresh", action="store_true", help="newer packages and a newer kernel, where there are")
    made.add_argument("--verbose", action="store_true", help="show what the kernel says, too")
    made.add_argument("kernel", choices=KERNELS, metavar="KERNEL", help=", ".join(KERNELS))
    made.add_argument("payload", type=Path, metavar="PAYLOAD", help="a folder")
    made.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND", help="what to run")
    return made


def run(kernel: Kernel, payload: Path, command: str, options: argparse.Namespace, out: Any = None) -> tuple[int, bytes]:
    """Boot and run; what machine.boot says. Raises Failure."""
    install({kernel.machine.qemu: kernel.machine.package, "dpkg-deb": "dpkg", "setpriv": "util-linux"})
    cache: Path = options.cache
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one makes images at a time
        image = image_of(kernel, cache, options.refresh)
        root = root_of(kernel, cache, options.packages, options.refresh)
    mark = secret_mark()
    with tempfile.TemporaryDirectory(prefix="boot-kernel.") as scratch:
        packed = Path(scratch, "initrd")
        initrd(packed, root, payload, command, image.modules(options.modules), image.config, mark)
        wish = Wish(options.seconds, options.memory, options.cpus, options.words, options.verbose, options.nice)
        return boot(kernel, image, packed, mark, wish, out)


def main() -> int:
    made = parser()
    options = made.parse_args()
    if not options.command:
        made.error("no COMMAND")
    if not options.payload.is_dir():
        made.error(f"{options.payload} is no folder")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    words = options.command
    try:
        status, files = run(KERNELS[options.kernel], options.payload, words[0] if len(words) == 1 else shlex.join(words), options)
    except Failure as failure:
        say(str(failure))
        return NO_MACHINE
    except KeyboardInterrupt:
        return 130
    if options.out:
        keep(files, options.out)
    return status


if __name__ == "__main__":
    sys.exit(main())
