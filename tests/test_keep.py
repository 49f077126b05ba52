"""The user's own files are written with care, or not at all."""

import os
import stat
from pathlib import Path

import pytest

from explorer import keep
from explorer.model.missing import Missing, Reason


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "settings"
    assert keep.load(path) == {}
    assert keep.save(path, {"theme": "light", "mouse": "no"}) is None
    assert keep.load(path) == {"theme": "light", "mouse": "no"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_unknown_lines_of_a_settings_file_stay_and_nonsense_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    path.write_bytes(b"# mine\nfuture = 1\n\xff\xfe\nno equals\n = nothing\ntheme=dark\n")
    assert keep.load(path) == {"future": "1", "theme": "dark"}
    assert keep.save(path, {"theme": "mono"}) is None
    assert keep.load(path) == {"future": "1", "theme": "mono"}


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    keep.save(path, {"theme": "dark"})
    os.utime(path, (1, 1))
    keep.save(path, {"theme": "dark"})
    assert path.stat().st_mtime == 1


def test_never_through_a_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    path = tmp_path / "settings"
    path.symlink_to(victim)
    assert isinstance(keep.save(path, {"theme": "dark"}), Missing)
    assert victim.read_text() == "precious"


@pytest.mark.root
def test_case_81_nothing_of_roots_in_somebody_elses_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 1000, 1000)
    refused = keep.save(home / ".config" / "procdive" / "settings", {"theme": "dark"})
    assert isinstance(refused, Missing)
    assert "uid 1000" in refused.cure
    assert list(home.iterdir()) == []


def test_case_81_without_home_the_password_file_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert keep.settings_path().is_absolute()
    assert keep.screen_path().is_absolute()


def test_the_log_takes_anything_and_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "log_path", lambda: tmp_path / "log")
    monkeypatch.setattr(keep, "LOG_LIMIT", 10)
    assert keep.log("first \udcff\n") == tmp_path / "log"
    assert keep.log("second, the first was too long\n") == tmp_path / "log"
    assert "first \\udcff" not in (tmp_path / "log").read_text()


def test_a_file_of_the_users_choice(tmp_path: Path) -> None:
    path = tmp_path / "out"
    for append, held in ((False, "a"), (True, "aa"), (False, "a")):
        found = keep.output(str(path), append=append)
        assert not isinstance(found, Missing)
        with found:
            found.write("a")
        assert path.read_text() == held
    path.chmod(0o644)
    found = keep.output(str(path))
    assert not isinstance(found, Missing)
    found.close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_never_through_a_link_nor_where_nothing_can_be(tmp_path: Path) -> None:
    (tmp_path / "aim").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "aim")
    assert keep.output(str(tmp_path / "link")) == Missing(Reason.DENIED, f"{tmp_path / 'link'} cannot be written", "it is a link")
    assert (tmp_path / "aim").read_text() == "kept"
    assert isinstance(keep.output(str(tmp_path / "no/such/folder")), Missing)
    assert isinstance(keep.output(str(tmp_path)), Missing)


@pytest.mark.root
def test_not_into_what_is_somebody_elses(tmp_path: Path) -> None:
    path = tmp_path / "theirs"
    path.write_text("kept")
    os.chown(path, 65534, 65534)
    assert keep.output(str(path)) == Missing(Reason.DENIED, f"{path} cannot be written", "it belongs to somebody else")
    assert path.read_text() == "kept"


def test_devices_are_taken_as_they_are() -> None:
    found = keep.output("/dev/null")
    assert not isinstance(found, Missing)
    found.close()
    assert os.stat("/dev/null").st_mode & 0o777 == 0o666


def test_a_new_file_is_never_one_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    made = keep.anew("~/copy")
    assert not isinstance(made, Missing)
    place, fd = made
    assert (place, stat.S_IMODE(os.fstat(fd).st_mode)) == (str(tmp_path / "copy"), 0o600)
    (tmp_path / "dangling").symlink_to("nowhere")
    for name in ("copy", "dangling"):
        again = keep.anew(str(tmp_path / name))
        assert isinstance(again, Missing)
        assert again.detail.endswith("is there already")
    for name in ("no/folder", "nul\0"):
        assert isinstance(keep.anew(str(tmp_path / name)), Missing)
    assert not (tmp_path / "nowhere").exists()
    os.close(fd)


def test_only_our_own_is_taken_away_again(tmp_path: Path) -> None:
    made = keep.anew(str(tmp_path / "copy"))
    assert not isinstance(made, Missing)
    file = os.fstat(made[1])
    os.close(made[1])
    keep.forget(made[0], (file.st_dev, file.st_ino + 1))
    assert (tmp_path / "copy").exists()
    keep.forget(made[0], (file.st_dev, file.st_ino))
    assert not (tmp_path / "copy").exists()
    keep.forget(made[0], (file.st_dev, file.st_ino))
