"""What must not be in the repository: hosts of registries, paths of one machine, files that are made."""

import re
import subprocess
from pathlib import Path

import pytest

TREE = Path(__file__).parent.parent
WORDS = {
    "a registry's host": re.compile(r"pypi\.org|pythonhosted|deb\.debian\.org|debian\.org/debian|npmjs|snapshot\.debian"),
    "a path of one machine": re.compile(r"(?<![\w.])/(work|farm)/|/tmp/bash_jobs|/home/(?!user\b|\w+/\.)[a-z]+/(?:src|git|projects)/"),
    "a proxy or mirror": re.compile(r"https?://[^\s)\">]*(mirror|proxy)"),
}


def files() -> list[Path]:
    """All files that git would commit."""
    out = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=TREE, capture_output=True
    )
    if out.returncode:
        pytest.skip("this is no git checkout")
    return [TREE / name for name in out.stdout.decode().split("\0") if name and (TREE / name).is_file()]


def test_no_word_that_does_not_belong_here() -> None:
    found = []
    for path in files():
        if path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(TREE)}: {what}: {hit.group()}" for what, word in WORDS.items() for hit in word.finditer(text)]
    assert found == []


def test_nothing_large_and_nothing_made() -> None:
    large = {str(path.relative_to(TREE)): size for path in files() if (size := path.stat().st_size) > 1 << 20}
    assert large == {}
    assert [path for path in files() if path.suffix in {".pyc", ".o", ".so"} and not path.name.endswith(".bpf.o")] == []


def test_versions_are_exact_and_without_addresses() -> None:
    lines = [line for line in (TREE / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9.]*", line)] == []
