"""`make kernels`: the engines' tests (tests/engines) under other kernels, in emulated machines; docs/kernels.json keeps what they say.

A guest gets explorer, those tests, and the pure Python packages that both need from this environment; psutil and
wcwidth, which are compiled, are Debian's of the guest's architecture.
"""

import argparse
import importlib.metadata
import shutil
import sys
import tempfile
import time
import xml.etree.ElementTree as xml
from pathlib import Path
from typing import Final

from explorer.kernel.bpf.compiled import OBJECTS, Made
from tools import kernels_page
from tools.boot_kernel import Failure
from tools.boot_kernel.__main__ import parser, run
from tools.boot_kernel.apt import say
from tools.boot_kernel.kernels import KERNELS
from tools.boot_kernel.machine import TIMED_OUT, keep
from tools.kernels_page import Result

TREE: Final = Path(__file__).parent.parent
PURE: Final = ("python-ptrace", "platformdirs", "pytest", "pytest-timeout", "pluggy", "iniconfig", "packaging", "Pygments")
DEBIAN: Final = ("python3-psutil", "python3-wcwidth", "strace")
MODULES: Final = ("tcp_diag", "udp_diag", "unix_diag", "netlink_diag")
"""A guest has no modprobe, so what the kernel would load when it is asked for is loaded before."""
SPECIMENS: Final = ("__init__", "holds", "holds_files", "holds_sockets")
SECONDS: Final = 2400
SLOWER: Final = 12
"""How many times slower a guest is taken to be."""
LONGEST: Final = 2000
"""Characters of a reason."""
INI: Final = "[pytest]\nmarkers =\n    root: needs root\n    xdist_group: runs on one worker\naddopts = -p no:cacheprovider\n"
COMMAND: Final = f"""
export PYTHONPATH=/payload:/payload/packages PROCDIVE_SLOWER={SLOWER} PROCDIVE_REQUIRE_ENGINES=1
python3 -c 'import platform as p; print(p.release(), p.machine(), p.python_version())' > /out/machine
python3 -m explorer doctor
python3 -m pytest -c /payload/guest.ini --rootdir /payload -v --tb=short --color=no --junitxml=/out/report.xml tests/engines
"""


def payload(folder: Path) -> None:
    """What a guest needs."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(TREE / "explorer", folder / "explorer", ignore=ignore)
    shutil.copytree(TREE / "tests/engines", folder / "tests/engines", ignore=ignore)
    (folder / "tests/specimens").mkdir()
    for name in ("__init__.py", "loopback.py", *(f"specimens/{file}.py" for file in SPECIMENS)):
        shutil.copy(TREE / "tests" / name, folder / "tests" / name)
    (folder / "guest.ini").write_text(INI)
    for name in PURE:
        package(name, folder / "packages")


def package(name: str, into: Path) -> None:
    """A Python package of ours, its files and what says that it is installed. Raises Failure where it is not pure Python."""
    found = importlib.metadata.distribution(name)
    if "Root-Is-Purelib: true" not in (found.read_text("WHEEL") or ""):
        raise Failure(f"{name} is not pure Python: the guest may have another processor, and has another Python")
    for file in found.files or []:
        if ".." in file.parts or file.suffix == ".pyc":
            continue
        place = into / file
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(str(file.locate()), place)


def report(text: str) -> dict[str, str]:
    """Each test's name with why it failed, "" where it passed; what was skipped is not in it. text: JUnit's XML, as pytest writes it."""
    found: dict[str, str] = {}
    for case in xml.fromstring(text).iter("testcase"):
        if case.find("skipped") is not None:
            continue
        wrong = next((case.find(kind) for kind in ("failure", "error") if case.find(kind) is not None), None)
        why = "" if wrong is None else " ".join((wrong.get("message") or "failed").split())
        found[case.get("name", "")] = why[:LONGEST]
    return found


def tried(name: str, prepared: Path) -> Result:
    """Boot that kernel, run the tests. Raises Failure where there is nothing to tell."""
    words = [word for option in (("--package", DEBIAN), ("--module", MODULES)) for each in option[1] for word in (option[0], each)]
    options = parser().parse_args([*words, "--seconds", str(SECONDS), "--nice", "5", name, str(prepared), COMMAND])
    begun = time.monotonic()
    status, files = run(KERNELS[name], prepared, COMMAND, options)
    if status == TIMED_OUT:
        raise Failure(f"{name}: no end after {SECONDS} s")
    with tempfile.TemporaryDirectory(prefix="kernels.") as scratch:
        keep(files, Path(scratch))
        if not Path(scratch, "report.xml").exists():
            raise Failure(f"{name}: the tests did not run; exit status {status}")
        release, machine, python = Path(scratch, "machine").read_text().split()
        tests = report(Path(scratch, "report.xml").read_text())
    say(f"{name}: {sum(not why for why in tests.values())} of {len(tests)} tests passed, {time.monotonic() - begun:.0f} s")
    return Result(release, machine, python, tests, Made.read((OBJECTS / f"tracer.{machine}.bpf.o").read_bytes()).source)


def main() -> int:
    options = argparse.ArgumentParser(prog="make kernels", description=__doc__)
    options.add_argument("kernels", nargs="*", choices=[*KERNELS, []], metavar="KERNEL", help=f"{', '.join(KERNELS)} (all)")
    wanted = options.parse_args().kernels or list(KERNELS)
    results, failed = kernels_page.kept(), False
    with tempfile.TemporaryDirectory(prefix="kernels.") as scratch:
        try:
            payload(Path(scratch))
        except Failure as failure:
            say(str(failure))
            return 1
        for name in wanted:
            try:
                results[name] = tried(name, Path(scratch))
            except Failure as failure:
                say(str(failure))
                failed = True
                continue
            failed |= any(results[name].tests.values())
            kernels_page.keep({name: results[name] for name in KERNELS if name in results})
    kernels_page.main()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
