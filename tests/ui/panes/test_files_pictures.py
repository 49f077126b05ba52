"""Pictures of the Files pane: a worker whose files move, that leaks, and is near its limit. Made anew with --snapshot-update: look."""

import time
from collections.abc import Callable
from stat import S_IFREG
from typing import Any

import pytest
from textual.pilot import Pilot

from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.model.fd import Fd
from explorer.model.files import Closed, OpenFiles
from explorer.model.process import ProcessId
from explorer.model.progress import Progress
from explorer.model.trend import Grown, Leak, Trend
from explorer.resolve.system import System
from explorer.ui.app import Explorer
from explorer.ui.panes.files import FilesPane
from explorer.ui.preferences import Preferences
from tests.ui.fakes import FAKE_PANES, FakeSources
from tests.ui.shown import Shown

MB = 1 << 20
Compare = Callable[..., bool]


def file(number: int, path: str, position: int, size: int, flags: str = "00") -> Fd:
    return decode_fd(number, path, f"pos:\t{position}\nflags:\t{flags}\n".encode(), Stat(1, number, S_IFREG, 1, 0, size))


FDS = (
    decode_fd(0, "pipe:[77]", b"pos:\t0\nflags:\t00\n"),
    file(1, "/var/log/nginx/error.log", 84 << 10, 84 << 10, "02001"),
    file(2, "/srv/backup/site.tar", 1410 * MB, 3200 * MB),
    file(5, "/var/log/nginx/access.log", 2 * MB, 2 * MB, "02001"),
    file(6, "/var/log/nginx/access.log", 2 * MB, 2 * MB),
    file(7, "/var/log/slow.log", 3 * MB, 90 * MB),
    decode_fd(8, "anon_inode:[eventpoll]", b"pos:\t0\nflags:\t02\n"),
    *(decode_fd(number, "anon_inode:[eventfd]", b"pos:\t0\nflags:\t02\neventfd-count: 0\n") for number in range(9, 16)),
)
PROGRESS = {
    2: Progress(1410 * MB, 3200 * MB, 118.0 * MB, inside=True),
    5: Progress(2 * MB, 2 * MB, 18_400.0, 18_400.0),
    6: Progress(2 * MB, 2 * MB, 18_400.0, 18_400.0, inside=True),
    7: Progress(3 * MB, 90 * MB, 1200.0, 90_000.0, inside=True),
}
LEAKING = Trend(36, 60.0, Leak(60.0, 36, (Grown("eventfd", 35), Grown("regular", 1, "", "/srv/x"))))
CLOSED = (Closed(file(16, "/srv/www/index.html", 0, 4127), 2.0),)


class Worker(FilesPane):
    """Of every process the same."""

    files = OpenFiles(812, FDS, frozenset({15}), CLOSED, PROGRESS, limit=1024, trend=LEAKING)

    def fetch(self, system: System, process: ProcessId) -> OpenFiles:
        return self.files


class AtItsLimit(Worker):
    """Most of its descriptors were not read yet."""

    files = OpenFiles(812, FDS, limit=95_000, unread=93_000, rows=(*FDS, *range(16, 93_016)), unfinished=True)


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same terminal everywhere."""
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}.items():
        monkeypatch.setenv(name, value)
    time.tzset()


def picture(
    compare: Compare, size: tuple[int, int], *keys: str, pane: type[FilesPane] = Worker, theme: str = "dark", encoding: str = "utf-8"
) -> bool:
    """Whether it looks as it did."""
    app = Explorer(
        FakeSources(),
        lambda: (pane(), *(other() for other in FAKE_PANES[1:])),
        preferences=Preferences(theme=theme),
        target="812",
        encoding=encoding,
    )

    async def before(pilot: Pilot[Any]) -> None:
        screen = Shown(app, pilot)
        await screen.until(lambda: app.panes and app.state.process is not None and app.state.process.pid == 812)
        tree = app.main.processes
        tree.top = 0
        tree.reveal()
        tree.changed()
        for key in ("", *keys):
            if key:
                await screen.press(key)
            await screen.until(lambda: all(panel.letter in panel._facts for panel in app.main.panels if panel.shown))
            if app.main.card.shown:
                await screen.until(lambda: app.main.card._facts is not None)
        app.action_pause()
        app.state.paused = False
        app.main.top_line.changed()
        await pilot.pause()

    return compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_files_that_move_and_a_leak(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert picture(snap_compare, size)


def test_zoomed_with_one_unfolded(snap_compare: Compare) -> None:
    assert picture(snap_compare, (80, 24), "l", "z", "down", "down", "down", "down", "enter")


def test_most_not_read_yet(snap_compare: Compare) -> None:
    assert picture(snap_compare, (80, 24), "l", "z", "end", pane=AtItsLimit)


def test_the_c_locale_without_colours(snap_compare: Compare) -> None:
    assert picture(snap_compare, (80, 24), "l", "z", theme="mono", encoding="ascii")
