"""What a call is about, and what else the log has of it."""

from explorer.model.batch import Batch, Kind
from explorer.render.piece import plain
from explorer.render.trace_line import Ruler
from explorer.trace.log import Log
from explorer.trace.payload import pack
from explorer.ui.trace.uses import About, about, history, making, using
from tests.traces import nginx


def log(rows: int) -> Log:
    made = Log()
    made.append(nginx(rows))
    return made


def names(log: Log) -> list[str]:
    return [getattr(log.event(place).what, "name", "") for place in range(len(log))]


def test_a_descriptor_a_path_or_neither() -> None:
    made = log(20)
    batch = made.place(0)[0]
    opened = names(made).index("openat", 5)
    assert about(made, batch, 0) == About(812, 8)
    assert about(made, batch, opened) == About(813, 41, "/srv/www/img/logo1.svg")
    assert about(made, batch, 2) == About(812, -1, "/srv/www/img/logo0.svg")
    other = Batch()
    other.add(Kind.EXITED, 5, 5, 0)
    assert about(made, other, 0) == About(5)


def test_uses_are_of_the_same_process_and_makers_make_it() -> None:
    made = log(200)
    batch = made.place(0)[0]
    uses = using(made, About(813, 41))(batch, range(40))
    assert uses
    assert {batch.pids[row] for row in uses} == {813}
    makers = making(made, About(813, 41))(batch, range(40))
    assert {names(made)[row] for row in makers} == {"openat"}
    assert set(makers) <= set(uses)


def test_history_is_what_came_before() -> None:
    made = log(40)
    close = names(made).index("close")
    lines = [plain(found) for found in history(made, close, About(813, 41), Ruler(100))]
    assert [text.split("(")[0].split()[-1] for text in lines] == ["fstat", "openat"]
    assert history(made, 0, About(812), Ruler(100)) == []


def test_how_often_a_path_failed() -> None:
    made = Log()
    for at in range(5):
        batch = Batch()
        payload = pack((0x10, 0, 0, 0, 0, 0), [], [(0x10, False, b"/nowhere\0")])
        batch.add(Kind.CALL, 812, 812, at * 1_000_000_000, 2, -2, 10, payload)
        made.append(batch)
    assert [plain(line).split(maxsplit=1)[1] for line in history(made, 4, About(812, -1, "/nowhere"), Ruler(100))] == [
        "this path failed 5 times in 4.0 s"
    ]
