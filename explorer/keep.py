"""The user's own files: settings, what the screen remembers, the log of our own faults, what is saved where they say.

They stand in the XDG places, mode 0600. A file is written only when something changed, never through a link, and only into
a folder that belongs to the user we run as: after `sudo` with the user's HOME nothing of root's is left in their home.
"""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TextIO

from explorer.model.missing import Missing, Reason

LONGEST: Final = 1 << 16
LOG_LIMIT: Final = 1 << 20


def settings_path() -> Path:
    """Where preferences are."""
    from platformdirs import user_config_path

    return user_config_path("procdive") / "settings"


def screen_path() -> Path:
    """Where the screen's own state is: borders, panes, sorting."""
    from platformdirs import user_state_path

    return user_state_path("procdive") / "screen"


def log_path() -> Path:
    """Where our own faults are written down."""
    from platformdirs import user_state_path

    return user_state_path("procdive") / "log"


def load(path: Path) -> dict[str, str]:
    """Lines of `key = value`; {} where there is no file or it may not be read. What is no such line is passed over."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            text = os.read(fd, LONGEST).decode("utf-8", "replace")
        finally:
            os.close(fd)
    except (OSError, ValueError):
        return {}
    pairs = (line.partition("=") for line in text.splitlines() if not line.lstrip().startswith("#"))
    return {key.strip(): value.strip() for key, equals, value in pairs if equals and key.strip()}


def save(path: Path, values: Mapping[str, str]) -> Missing | None:
    """Write them, unless the file says the same already; what stood there else is kept. Missing says why it cannot be."""
    before = load(path)
    after = {**before, **values}
    if after == before:
        return None
    text = "".join(f"{key} = {' '.join(value.split())}\n" for key, value in sorted(after.items()))
    return _write(path, text.encode("utf-8", "replace"), anew=True)


def log(text: str) -> Path | None:
    """Add a fault to the log; its path, or None where it cannot be written. A log that grew too long begins anew."""
    path = log_path()
    try:
        full = os.lstat(path).st_size > LOG_LIMIT
    except OSError:
        full = False
    refused = _write(path, text.encode("utf-8", "backslashreplace"), anew=full)
    return None if refused else path


def output(path: str, *, append: bool = False) -> TextIO | Missing:
    """A file of the user's choice, opened to be written: made with mode 0600, or emptied, or written on behind its end.

    Never through a link, nor into what is somebody else's; devices and pipes are taken as they are.
    """
    # Links of the system's own, /dev/stdout and /dev/fd/63, are what a shell hands over.
    follow = 0 if path.startswith("/dev/") else os.O_NOFOLLOW
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOCTTY | follow | (os.O_APPEND if append else 0), 0o600)
    except OSError as error:
        why = "it is a link" if error.errno == errno.ELOOP else error.strerror or ""
        return Missing(Reason.DENIED, f"{path} cannot be written", why)
    try:
        found = os.fstat(fd)
        if stat.S_ISREG(found.st_mode):
            if found.st_uid != os.geteuid():
                raise PermissionError(1, "it belongs to somebody else")
            os.fchmod(fd, 0o600)
            if not append:
                os.ftruncate(fd, 0)
        return open(fd, "w", encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        os.close(fd)
        return Missing(Reason.DENIED, f"{path} cannot be written", error.strerror or "")


def anew(path: str) -> tuple[str, int] | Missing:
    """A file of the user's choice that is not there yet, and a descriptor to write it: its whole path, mode 0600. Never through a link,
    never over something. ~ is the user's home. May block where the folder does.
    """
    place = os.path.abspath(os.path.expanduser(path))
    try:
        fd = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except (OSError, ValueError) as error:
        if isinstance(error, FileExistsError):
            return Missing(Reason.DENIED, f"{place} is there already", "give another name")
        return Missing(Reason.DENIED, f"{place} cannot be written", getattr(error, "strerror", "") or "it is no name of a file")
    os.fchmod(fd, 0o600)
    return place, fd


def forget(path: str, identity: tuple[int, int]) -> None:
    """Remove a file that anew() has made, if it is still that one: its device and inode."""
    try:
        found = os.lstat(path)
        if (found.st_dev, found.st_ino) == identity:
            os.unlink(path)
    except OSError:
        pass


def _write(path: Path, data: bytes, *, anew: bool) -> Missing | None:
    what = f"{path} cannot be written"
    try:
        _folder(path.parent)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_APPEND, 0o600)
        try:
            if os.fstat(fd).st_uid != os.geteuid():
                raise PermissionError(1, "it belongs to somebody else")
            os.fchmod(fd, 0o600)
            if anew:
                os.ftruncate(fd, 0)
            os.write(fd, data)
        finally:
            os.close(fd)
    except OSError as error:
        return Missing(Reason.DENIED, what, error.strerror or "")
    return None


def _folder(path: Path) -> None:
    """Make the folder where it lacks; raises OSError where it, or what it would be made in, is not the user's own."""
    lacking = []
    while not path.exists():
        lacking.append(path)
        if path == path.parent:
            break
        path = path.parent
    owner = os.stat(path).st_uid
    if owner != os.geteuid():
        raise PermissionError(1, f"{path} belongs to uid {owner}")
    for folder in reversed(lacking):
        folder.mkdir(mode=0o700)
