"""tools/kernels.py: what goes into a guest, what its tests' report says."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import engines
from tools.boot_kernel import Failure
from tools.kernels import COMMAND, INI, package, payload, report

XML = """<?xml version="1.0"?><testsuites><testsuite>
<testcase classname="tests.engines" name="test_a[bpf]" time="1"/>
<testcase classname="tests.engines" name="test_b"><failure message="AssertionError: &lt;x&gt;
  is not y">traceback</failure></testcase>
<testcase classname="tests.engines" name="test_c"><error message="failed on setup"/></testcase>
<testcase classname="tests.engines" name="test_d"><skipped message="Skipped: no root"/></testcase>
</testsuite></testsuites>"""


def test_a_report_says_what_failed_and_why() -> None:
    assert report(XML) == {"test_a[bpf]": "", "test_b": "AssertionError: <x> is not y", "test_c": "failed on setup"}


def test_the_guests_files_are_enough_to_collect_the_tests(tmp_path: Path) -> None:
    payload(tmp_path)
    assert not list(tmp_path.rglob("*.pyc"))
    assert not list((tmp_path / "packages").rglob("*.so"))
    words = COMMAND.strip().splitlines()[-1].replace("/payload", str(tmp_path)).split()
    words = [word for word in words if not word.startswith("--junitxml")][1:]
    # psutil is what a guest has of Debian; of ours only that.
    compiled = tmp_path / "debian"
    package_of = Path(importlib.import_module("psutil").__file__ or "").parent
    compiled.mkdir()
    (compiled / "psutil").symlink_to(package_of)
    environment = {"PYTHONPATH": f"{tmp_path}:{tmp_path}/packages:{compiled}", "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-S", *words, "--collect-only"], capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    for found in pkgutil.iter_modules(engines.__path__):
        assert not found.name.startswith("test_") or f"{found.name}.py" in done.stdout


def test_what_is_compiled_does_not_go_along(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="psutil is not pure Python"):
        package("psutil", tmp_path)


def test_the_guest_knows_the_marks() -> None:
    assert "root: needs root" in INI
