"""Rows of the tree as lines: the pictures of SCREENS.md, and that no name can break them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.missing import Missing, Reason
from explorer.model.snapshot import Ended, Snapshot
from explorer.model.tree import Forest, Row, View, grow
from explorer.query.processes import Filter, parse
from explorer.render.columns import layout
from explorer.render.piece import Line, Role, plain
from explorer.render.tree import Style, mark, tree_line
from explorer.render.width import width
from tests.snapshots import MACHINE, process, table, web


def picture(snapshot: Snapshot, view: View, columns: int, screen: int) -> list[str]:
    """The rows as they stand on the screen, gutter and all."""
    shown = layout(columns - 1, screen, 2000, view.sort)
    return [(mark(row, False) + plain(tree_line(row, shown, snapshot.machine, snapshot.taken))).rstrip() for row in grow(snapshot, view)]


def by_name(forest: Forest, name: str) -> Row:
    return next(row for row in forest if name in row.process.command)


def folded_postgres() -> View:
    return View(folded=frozenset({next(p.id for p in web() if p.id.pid == 902)}))


def test_the_tree_of_the_wide_sketch() -> None:
    gone = Ended(process(1881, 1211, "sh", user="app", state="Z", uid=1001), 86397.0)
    ffmpeg = next(p for p in web() if p.id.pid == 1877)
    assert picture(table(*web(), ended=[gone], born=[ffmpeg]), folded_postgres(), 66, 140) == [
        "     1     0 root       0.0   12M S systemd",
        "   412     1 root       0.0   31M S ├─systemd-journald",
        "   640     1 root       0.0    9M S ├─sshd -D",
        "  1402   640 root       0.0    7M S │ └─sshd: admin [priv]",
        "  1419  1402 admin      0.0    5M S │   └─-bash",
        "  1733  1419 root       0.6   31M R │     └─procdive",
        "   655     1 root       0.0    3M S ├─cron -f",
        "   811     1 root       0.0    8M S ├─nginx: master process",
        "   812   811 www-data   3.1   14M S │ ├─nginx: worker process",
        "   813   811 www-data   2.9   14M S │ └─nginx: worker process",
        "   902     1 postgres   0.1   29M S ├+postgres -D /var/lib +7",
        "  1204     1 app        0.2   48M S ├─gunicorn: master [shop]",
        "  1210  1204 app       41.7  212M R │ ├─gunicorn: worker [shop]",
        "  1211  1204 app        0.0  196M D │ └─gunicorn: worker [shop]",
        "+ 1877  1211 app        8.4   22M R │   ├─ffmpeg -i in.mov out",
        "- 1881  1211 app                  Z │   └─sh ended 3 s ago",
        "  1301     1 root       0.0   18M S ├─python3 /opt/backup.py",
        "  1302  1301 root       0.0    4M T │ └─rsync -a /srv /mnt/nas",
        "  1377     1 root       0.0    6M S └─agetty tty1",
    ]


def test_the_tree_beside_two_panes() -> None:
    lines = picture(table(*web()), folded_postgres(), 48, 160)
    assert lines[8] == "   812 www-data   3.1 S │ ├─nginx: worker proce…"
    assert lines[10] == "   902 postgres   0.1 S ├+postgres -D /var/l… +7"


def test_the_narrow_tree() -> None:
    lines = picture(table(*web()), folded_postgres(), 80, 80)
    assert lines[8] == "   812 www-data   3.1   14M S │ ├─nginx: worker process"


def test_the_smallest_tree() -> None:
    lines = picture(table(*web()), folded_postgres(), 40, 40)
    assert lines[8] == "   812   3.1 S │ ├─nginx: worker process"
    assert lines[10] == "   902   0.1 S ├+postgres -D /var/lib +7"


def test_at_most_eight_levels_are_drawn_then_their_number() -> None:
    chain = [process(pid, pid - 1, f"p{pid}") for pid in range(1, 125)]
    lines = [line[line.index(" S ") + 3 :] for line in picture(table(*chain), View(), 79, 80)]
    assert lines[:3] == ["p1", "└─p2", "  └─p3"]
    assert lines[8] == "              └─p9"
    assert lines[9] == "             9└─p10"
    assert lines[12] == "            12└─p13"
    assert lines[123] == "            123└─p124"


def test_a_folded_root() -> None:
    first = process(1, 0, "init")
    assert picture(table(first, process(2, 1, "a"), process(3, 2, "b")), View(folded=frozenset({first.id})), 80, 80) == [
        "     1 root       0.0     0 S +init +2"
    ]


def test_names_with_paths_arguments_and_titles() -> None:
    snapshot = table(
        process(1, 0, "/usr/lib/x/prog /etc/a"),
        process(2, 0, ["sh", "-c", "a b; c", "", "d"]),
        process(3, 0, ["", "300"]),
        process(4, 0, [], comm="wiped"),
        process(5, 0, [], comm="kworker/0:1", kernel=True),
        process(6, 0, [], comm="stuck", argv=Missing(Reason.TIMED_OUT)),
    )
    shown = layout(79, 80, 2000, "pid")
    forest = grow(snapshot, View(kernel=True))
    lines = [plain(tree_line(row, shown, MACHINE, 0.0))[shown.left :] for row in forest]
    assert lines == ["prog /etc/a", "sh -c 'a b; c' '' d", "'' 300", "wiped", "[kworker/0:1]", "stuck timed out"]
    assert plain(tree_line(forest[0], shown, MACHINE, 0.0, Style(paths=True)))[shown.left :] == "/usr/lib/x/prog /etc/a"


def test_what_ended_is_dim_and_says_when() -> None:
    gone = Ended(process(9, 1, "sh -c x", state="S", cpu=5.0, rss=1 << 20), 100.0)
    (row,) = grow(table(ended=[gone]), View())
    line = tree_line(row, layout(79, 80, 2000, "pid"), MACHINE, 103.4)
    assert mark(row, True) == "-"
    assert plain(line) == "    9 root                   sh ended 3 s ago"
    assert {part.role for part in line if part.text.strip()} == {Role.SECONDARY, Role.GONE}
    assert "ended 4 min ago" in plain(tree_line(row, layout(79, 80, 2000, "pid"), MACHINE, 360.0))


def test_how_it_ended_is_said_where_it_is_known() -> None:
    shown = layout(79, 80, 2000, "pid")
    failed, killed = process(8, 1, comm="sh", state="Z", exit_code=127 << 8), process(9, 1, comm="sh", state="Z", exit_code=9)
    (zombie,) = grow(table(failed), View())
    assert plain(tree_line(zombie, shown, MACHINE, 0.0))[shown.left :] == "sh exit 127"
    rows = grow(table(ended=[Ended(failed, 100.0, 127 << 8), Ended(killed, 100.0, 9)]), View())
    assert [plain(tree_line(row, shown, MACHINE, 103.0))[shown.left :] for row in rows] == [
        "sh exit 127, 3 s ago",
        "sh killed by SIGKILL, 3 s ago",
    ]


def hits(line: Line) -> list[str]:
    return [text for text, role in line if role is Role.HIT]


def test_case_85_hits_are_reversed_and_ancestors_dim() -> None:
    """A filter in a tree keeps the ancestors of its hits, greyed; the last child is drawn as the last."""
    wanted = parse("backup")
    assert isinstance(wanted, Filter)
    forest = grow(table(*web()), View(wanted=wanted))
    shown = layout(79, 80, 2000, "pid")
    lines = [tree_line(row, shown, MACHINE, 0.0, Style(hits=wanted.spans, sign=True)) for row in forest]
    assert [plain(line)[shown.left :] for line in lines] == ["(systemd", "└─python3 /opt/backup.py", "  └─rsync -a /srv /mnt/nas"]
    assert {role for text, role in lines[0] if text.strip()} == {Role.ANCESTOR}
    assert hits(lines[1]) == ["backup"]
    assert "(" not in plain(tree_line(forest[0], shown, MACHINE, 0.0, Style(hits=wanted.spans)))


def test_a_hit_across_name_and_arguments_is_marked_whole() -> None:
    wanted = parse('"D /var"')
    assert isinstance(wanted, Filter)
    row = by_name(grow(table(*web()), View()), "postgres -D")
    line = tree_line(row, layout(79, 80, 2000, "pid"), MACHINE, 0.0, Style(hits=wanted.spans))
    assert "".join(hits(line)) == "D /var"
    across = parse('"sshd -D"')
    assert isinstance(across, Filter)
    line = tree_line(by_name(grow(table(*web()), View()), "sshd -D"), layout(79, 80, 2000, "pid"), MACHINE, 0.0, Style(hits=across.spans))
    assert "".join(hits(line)) == "sshd -D"


def test_a_hit_in_what_was_cut_is_marked_at_the_cut() -> None:
    wanted = parse("needle")
    assert isinstance(wanted, Filter)
    (row,) = grow(table(process(1, 0, ["prog", "x" * 200, "needle"])), View())
    line = tree_line(row, layout(79, 80, 2000, "pid"), MACHINE, 0.0, Style(hits=wanted.spans))
    assert hits(line) == ["…"]
    assert width(plain(line)) == 79


HOSTILE = ("\x1b[31mX\x1b[0m", "a) R 1 1 1 (", "n\nm", "[/red]", "\udcff\udc9b", "\x9b31m", "\u202eevil", "\x1b]52;c;aGk=\x07")


@pytest.mark.parametrize("name", HOSTILE)
def test_case_74_no_name_reaches_the_line_raw(name: str) -> None:
    """Escape sequences in comm, argv and user names: none of their control bytes is in any piece, in any state of the row."""
    bad = process(5, 1, [name, name], comm=name, user=name)
    shown = layout(79, 80, 2000, "pid")
    rows = [
        *grow(table(process(1, 0, "init"), bad), View()),
        *grow(table(ended=[Ended(bad, 1.0)]), View()),
        *grow(table(replace(bad, argv=(), flags=0x200000)), View(kernel=True)),
    ]
    for row in rows:
        for style in (Style(), Style(paths=True, hits=lambda text: [(0, len(text))])):
            line = tree_line(row, shown, MACHINE, 3.0, style)
            assert all(char.isprintable() for char in plain(line))
            assert width(plain(line)) <= 79


@settings(max_examples=80)
@given(
    argv=st.lists(st.text(max_size=60), max_size=4),
    comm=st.text(max_size=16),
    depth=st.integers(1, 30),
    columns=st.integers(1, 200),
    folded=st.booleans(),
    ended=st.booleans(),
)
def test_no_line_is_wider_than_it_may_be(argv: list[str], comm: str, depth: int, columns: int, folded: bool, ended: bool) -> None:
    chain = [process(pid, pid - 1, argv, comm=comm) for pid in range(1, depth + 2)]
    view = View(folded=frozenset({chain[-2].id}) if folded else frozenset())
    shown = layout(columns, columns, 4000, "pid")
    for row in grow(table(*chain), view):
        row = row._replace(ended=Ended(row.process, 1.0)) if ended else row
        line = tree_line(row, shown, MACHINE, 4.0)
        assert width(plain(line)) <= max(columns, shown.left + 30)
        if columns >= 60:
            assert width(plain(line)) <= columns


def test_a_megabyte_of_arguments_costs_no_more_than_a_line() -> None:
    huge = process(1, 0, ["x", *["y" * 1000] * 1000])
    (row,) = grow(table(huge), View())
    assert width(plain(tree_line(row, layout(79, 80, 2000, "pid"), MACHINE, 0.0))) == 79
