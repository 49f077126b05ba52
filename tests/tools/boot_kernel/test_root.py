"""tools/boot_kernel/root.py: packages become a root without being installed."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tools.boot_kernel.test_cpio import read
from tools.boot_kernel.cpio import Cpio
from tools.boot_kernel.root import pack, place


def test_old_folders_are_links_into_usr() -> None:
    assert place("./bin/sh") == "usr/bin/sh"
    assert place("./lib/x86_64-linux-gnu/libc.so.6") == "usr/lib/x86_64-linux-gnu/libc.so.6"
    assert place("./usr/bin/python3") == "usr/bin/python3"
    assert (place("./"), place("./lib"), place("./library")) == ("", "lib", "library")


def test_a_package_is_unpacked_only(tmp_path: Path) -> None:
    if shutil.which("dpkg-deb") is None:
        pytest.skip("no dpkg-deb here")
    tree = tmp_path / "tree"
    for folder in ("DEBIAN", "bin", "usr/share/doc/tool", "usr/bin"):
        (tree / folder).mkdir(parents=True)
    (tree / "DEBIAN/control").write_text("Package: tool\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.test>\nDescription: x\n")
    (tree / "DEBIAN/postinst").write_text("#!/bin/sh\nexit 1\n")
    (tree / "DEBIAN/postinst").chmod(0o755)
    (tree / "bin/tool").write_bytes(b"program")
    (tree / "bin/tool").chmod(0o755)
    (tree / "usr/bin/same").hardlink_to(tree / "bin/tool")
    (tree / "usr/bin/grep").symlink_to("tool")
    (tree / "usr/share/doc/tool/copyright").write_text("left out")
    deb = tmp_path / "tool.deb"
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", str(tree), str(deb)], check=True, capture_output=True)
    out = io.BytesIO()
    cpio = Cpio(out)
    pack([deb, deb], cpio)
    cpio.close()
    entries = read(out.getvalue())
    names = [name for name, _, _ in entries]
    found = {name: (mode & 0o7777, data) for name, mode, data in entries}
    assert found["usr/bin/tool"] == found["usr/bin/same"] == (0o755, b"program")
    assert found["usr/bin/grep"][1] == b"tool", "busybox stands in for what is not there only"
    assert found["usr/bin/awk"][1] == b"busybox"
    assert found["usr/bin/sh"][1] == b"dash"
    assert found["bin"][1] == b"usr/bin"
    assert found["tmp"][0] == 0o1777
    assert names.count("usr/bin/tool") == 1
    assert not [name for name in names if "doc" in name or "postinst" in name]
