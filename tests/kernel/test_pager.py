"""Which pager, and how it runs and ends."""

import os
import sys
from pathlib import Path

import pytest

from explorer.kernel.frames import REFUSED
from explorer.kernel.pager import Paging, words
from explorer.model.missing import Unreadable
from tests.loopback import until


def test_the_users_words_else_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.kernel.pager.shutil.which", lambda name: f"/usr/bin/{name}")
    assert words({}, 0) == ["less"]
    assert words({"PAGER": " "}, 4096) == ["less", "+4096P"]
    assert words({"PAGER": "/opt/less -R"}, 7) == ["/opt/less", "-R", "+7P"]
    assert words({"PAGER": "most 'a b'"}, 7) == ["most", "a b"]


def test_one_that_is_no_command_or_not_there() -> None:
    for given in ("'", "/nowhere/pager"):
        with pytest.raises(Unreadable) as refused:
            words({"PAGER": given}, 0)
        assert "PAGER" in refused.value.missing.detail + refused.value.missing.cure


def paging(tmp_path: Path, *pager: str, identity: tuple[int, int] | None = None) -> tuple[Paging, list[bool]]:
    (tmp_path / "file").write_text("text\n")
    file, refused = (tmp_path / "file").stat(), list[bool]()
    with (tmp_path / "seen").open("w") as seen:
        environment = {**os.environ, "LESSOPEN": "|rm -rf %s"}
        at = identity or (file.st_dev, file.st_ino)
        made = Paging(str(tmp_path / "file"), at, list(pager), environment, seen.fileno(), lambda: refused.append(True))
    return made, refused


def test_it_shows_the_file_without_preprocessors(tmp_path: Path) -> None:
    shows, refused = paging(tmp_path, sys.executable, "-c", "import os, sys; print(open(sys.argv[1]).read(), os.environ.get('LESSOPEN'))")
    assert (shows.wait(), refused) == (0, [])
    assert (tmp_path / "seen").read_text() == "text\n None\n"


def test_another_file_by_now_is_told(tmp_path: Path) -> None:
    shows, refused = paging(tmp_path, "cat", identity=(1, 1))
    assert (shows.wait(), refused) == (REFUSED, [True])


def test_it_can_be_ended_with_what_it_started(tmp_path: Path) -> None:
    script = "import os, subprocess, sys; print(os.getpid(), flush=True); subprocess.run(['sleep', '600'])"
    shows, _ = paging(tmp_path, sys.executable, "-c", script)
    until(lambda: (tmp_path / "seen").read_text().endswith("\n"), "it runs")
    pid = int((tmp_path / "seen").read_text())
    until(lambda: Path(f"/proc/{pid}/task/{pid}/children").read_text().strip(), "what it starts runs")
    child = int(Path(f"/proc/{pid}/task/{pid}/children").read_text())
    shows.end()
    until(lambda: not Path(f"/proc/{pid}").exists() and not Path(f"/proc/{child}").exists(), "both have ended")
    shows.end()
