"""The tree under keys and mouse."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from explorer.model.missing import Missing, Reason
from explorer.model.snapshot import Ended, Process
from explorer.render.piece import Role
from explorer.resolve.system import System
from explorer.ui.messages import Ask
from explorer.ui.prompts.menu import Menu
from explorer.ui.prompts.whole import Whole
from explorer.ui.tree import Tree
from tests.fakeproc import FakeProc
from tests.snapshots import process, table, web
from tests.ui.stage import drawn
from tests.ui.tree.shown import shown, wish_of


async def test_the_header_says_tree_list_and_counts() -> None:
    async with shown() as at:
        assert at.lines[0].endswith("tree 25")
        await at.press("t")
        assert at.lines[0].endswith("list 25")
        assert at.names[3] == "cron -f"


async def test_digits_go_to_that_pid_and_the_next_key_acts_on_it() -> None:
    async with shown() as at:
        await at.type("1302")
        assert at.pid == 1302
        assert at.stage.said == "PID 1302▏"
        await at.press("space")
        assert [p.pid for p in at.tree.outline.tags] == [1302]


async def test_digits_that_are_hidden_by_the_filter_make_keys_wait() -> None:
    """htop: bash filtered for, 770 typed, and l shows the files of 767."""
    async with shown() as at:
        at.tree.wished(wish_of("nginx"))
        before = at.pid
        await at.type("1302")
        assert at.stage.said == "PID 1302▏ is hidden by the filter nginx · Enter shows it · Esc"
        await at.press("space")
        assert at.tree.outline.tags == {}
        await at.press("f9")
        assert not [message for message in at.stage.heard if isinstance(message, Ask)]
        assert at.pid == before
        await at.press("enter")
        assert at.pid == 1302
        assert at.tree.wish.words == ""
        await at.press("space")
        assert [p.pid for p in at.tree.outline.tags] == [1302]


async def test_digits_of_no_process_make_keys_wait() -> None:
    async with shown() as at:
        await at.type("999999")
        assert at.stage.said == "PID 999999▏ is no process · Esc"
        await at.press("f9", "enter", "space")
        assert not [message for message in at.stage.heard if isinstance(message, Ask)]
        assert at.tree.outline.tags == {}
        await at.press("backspace")
        assert at.stage.said.startswith("PID 99999▏ is no process")
        await at.press("escape", "space")
        assert [p.pid for p in at.tree.outline.tags] == [1]


async def test_digits_of_a_thread_go_to_its_process_and_say_whose_it_is(tmp_path: Path) -> None:
    proc = FakeProc(tmp_path)
    proc.file("815/status", "Name:\tpool\nTgid:\t812\nPid:\t815\n")
    async with shown(proc=str(tmp_path)) as at:
        await at.type("815")
        assert at.stage.said == "PID 815▏ is a thread of 812 nginx: worker p"
        assert at.pid == 812
        await at.press("space")
        assert [p.pid for p in at.tree.outline.tags] == [812]
        at.tree.wished(wish_of("bash"))
        await at.type("815")
        assert at.stage.said == "PID 815▏ is a thread of 812 nginx: worker p, which is hidden by the filter bash · Enter shows it · Esc"
        await at.press("enter")
        assert (at.pid, at.tree.wish.words) == (812, "")


async def test_digits_of_a_process_that_the_table_has_not_yet_wait_for_it(tmp_path: Path) -> None:
    proc = FakeProc(tmp_path)
    proc.file("990/status", "Name:\tnew\nTgid:\t990\n")
    async with shown(proc=str(tmp_path)) as at:
        await at.type("990")
        assert at.stage.said == "PID 990▏ is not in the tree yet · Esc"
        await at.show(table(*web(), process(990, 1, "new")))
        assert (at.stage.said, at.pid) == ("PID 990▏", 990)
        await at.press("space")
        assert [p.pid for p in at.tree.outline.tags] == [990]


async def test_a_command_that_is_not_read_yet_is_not_said_to_be_filtered_away() -> None:
    unread = replace(process(990, 1, comm="x"), argv=Missing(Reason.TIMED_OUT, "not read yet"))
    async with shown(table(*web(), unread)) as at:
        at.tree.wished(wish_of("worker"))
        await at.type("990")
        assert at.stage.said.startswith("PID 990▏ has a command that is not read yet")
        await at.show(table(*web(), process(990, 1, "worker")))
        assert (at.stage.said, at.pid) == ("PID 990▏", 990)


async def test_digits_of_a_hidden_kernel_thread_show_it_on_enter() -> None:
    async with shown(table(*web(), process(2, 0, comm="kthreadd", kernel=True), process(41, 2, comm="kworker/1:1", kernel=True))) as at:
        await at.type("41")
        assert at.stage.said.startswith("PID 41▏ is a kernel thread, and those are hidden · Enter shows it")
        await at.press("enter")
        assert (at.pid, at.tree.outline.view.kernel) == (41, True)
        assert "[kworker/1:1]" in at.names[-1]


async def test_moving_answers_a_number_that_leads_nowhere() -> None:
    async with shown() as at:
        await at.type("999999")
        await at.press("down")
        assert at.pid == 412
        await at.press("space")
        assert [p.pid for p in at.tree.outline.tags] == [412]


async def test_search_goes_to_hits_at_each_letter_and_n_to_the_next() -> None:
    async with shown() as at:
        await at.press("slash")
        await at.type("nginx")
        assert at.pid == 811
        assert "search nginx  1 of 3" in at.lines[0]
        await at.press("enter", "n")
        assert at.pid == 812
        await at.press("n", "n")
        assert at.pid == 811
        await at.press("N")
        assert at.pid == 813
        assert at.tree.outline.view.sort == "pid"
        row = at.tree.row_line(at.tree.selected, 79)[1]
        assert [text for text, role in row if role is Role.HIT] == ["nginx"]
        await at.press("f3")
        await at.type("x")
        await at.press("escape")
        assert at.pid == 813
        assert "search" not in at.lines[0]


async def test_a_search_finds_what_a_fold_hides() -> None:
    async with shown() as at:
        await at.type("902")
        await at.press("minus")
        assert "+postgres -D /var/lib +7" in "\n".join(at.names)
        await at.press("slash")
        await at.type("worker 5")
        await at.press("enter")
        assert at.pid == 908


async def test_filter_keeps_ancestors_and_says_how_many_of_how_many() -> None:
    async with shown(size=(80, 24)) as at:
        await at.type("1302")
        await at.press("f4")
        await at.type("NGINX")
        assert at.names == []
        await at.press(*["backspace"] * 5)
        await at.type("nginx")
        assert at.lines[0].endswith("filter nginx  3 of 25")
        assert at.names == ["systemd", "└─nginx: master process", "  ├─nginx: worker process", "  └─nginx: worker process"]
        assert at.pid == 811
        await at.press("enter")
        assert at.lines[0].endswith("filter nginx  3 of 25")
        await at.press("backslash")
        await at.press("escape")
        assert at.lines[0].endswith("tree 25")
        assert at.pid == 811


async def test_a_filter_cleared_with_escape_at_once_goes_back_to_where_it_began() -> None:
    async with shown() as at:
        await at.type("1302")
        await at.press("f4")
        await at.type("nginx")
        await at.press("escape")
        assert at.pid == 1302


async def test_escape_in_the_tree_clears_the_filter_and_stays_on_the_process() -> None:
    async with shown() as at:
        at.tree.wished(wish_of("nginx"))
        assert at.tree.choose(813)
        assert at.tree.action_clear()
        assert (at.pid, at.tree.wish.words) == (813, "")
        assert not at.tree.action_clear()


async def test_a_filter_that_is_none_says_why_and_the_last_one_stays() -> None:
    async with shown() as at:
        await at.press("f4")
        await at.type("cpu>")
        assert "cpu> wants something after it" in at.lines[0]
        await at.type("5")
        assert at.lines[0].endswith("filter cpu>5  2 of 25")


async def test_case_85_typing_and_erasing_a_filter_changes_no_sum_and_loses_no_ancestor() -> None:
    """A leaf three levels down; one letter typed and erased twenty times; folds stay folded, the last child is drawn as the last."""
    async with shown() as at:
        forest = at.tree.outline.forest
        assert forest is not None
        root = web()[0].id
        before = forest.sums(root)
        await at.type("902")
        await at.press("minus", "f4")
        await at.type("ffmpe")
        for _ in range(20):
            await at.press("g")
            assert at.names == ["systemd", "└─gunicorn: master [shop]", "  └─gunicorn: worker [shop]", "    └─ffmpeg -i in.mov out"]
            await at.press("backspace")
            forest = at.tree.outline.forest
            assert forest is not None
            assert forest.sums(root) == before
        roles = {part.role for part in at.tree.row_line(0, 79)[1] if part.text.strip()}
        assert roles == {Role.ANCESTOR}
        await at.press("escape")
        assert "├+postgres -D /var/lib +7" in at.names
        assert not [name for name in at.names if "postgres: worker" in name]


async def test_ancestors_of_hits_cannot_be_tagged() -> None:
    async with shown() as at:
        at.tree.wished(wish_of("ffmpeg"))
        await at.press("home", "space", "c")
        assert at.tree.outline.tags == {}
        assert "not tagged" in at.stage.said
        await at.press("end", "c")
        assert [each.pid for each in at.tree.outline.tags] == [1877]


async def test_one_user() -> None:
    async with shown() as at:
        await at.press("u")
        assert isinstance(at.stage.asked, Menu)
        await at.press("w", "enter")
        assert at.lines[0].endswith("user www-data  2 of 25")
        await at.press("u", "home", "enter")
        assert at.lines[0].endswith("tree 25")


async def test_sorting_by_keys_and_menu() -> None:
    async with shown(size=(80, 30)) as at:
        await at.press("t", "P")
        assert at.lines[0].startswith("   PID USER      CPU%▼")
        assert at.names[0] == "gunicorn: worker [shop]"
        assert at.pid == 1210
        await at.press("I")
        assert "CPU%▲" in at.lines[0]
        await at.press("M")
        assert "RSS▼" in at.lines[0]
        await at.press("T")
        assert "TIME▼" in at.lines[0]
        await at.press("N")
        assert at.lines[0].startswith("   PID▲")
        await at.press("f6", "u", "enter")
        assert "USER▲" in at.lines[0]


async def test_siblings_are_sorted_in_the_tree() -> None:
    async with shown(size=(80, 40)) as at:
        await at.press("P")
        assert at.names[:4] == ["systemd", "├─gunicorn: master [shop]", "│ ├─gunicorn: worker [shop]", "│ └─gunicorn: worker [shop]"]


async def test_folding_one_and_all() -> None:
    async with shown(size=(80, 40)) as at:
        await at.type("811")
        await at.press("plus")
        assert "├+nginx: master process +2" in at.names
        await at.show(table(*web(), taken=86401.0))
        assert "├+nginx: master process +2" in at.names
        assert at.pid == 811
        await at.press("minus")
        assert "│ └─nginx: worker process" in at.names
        await at.press("asterisk")
        assert at.names[2] == "├+sshd -D +3"
        assert len(at.names) == 9
        await at.press("asterisk")
        assert len(at.names) == 25


async def test_tags_mark_rows_and_c_takes_children() -> None:
    async with shown(size=(80, 40)) as at:
        await at.type("811")
        await at.press("c")
        assert [line[:6] for line in at.lines if line.startswith("*")] == ["*  811", "*  812", "*  813"]
        await at.press("U")
        assert not [line for line in at.lines if line.startswith("*")]


async def test_kernel_threads_are_hidden_until_asked_for() -> None:
    """Case 4: PF_KTHREAD decides; a process that wiped its argv and a zombie stay."""
    async with shown(
        table(
            process(1, 0, "init"),
            process(2, 0, comm="kthreadd", kernel=True),
            process(30, 1, comm="wiped"),
            process(31, 1, comm="dead", state="Z"),
        )
    ) as at:
        assert at.names == ["init", "├─wiped", "└─dead"]
        await at.press("K")
        assert at.names == ["init", "├─wiped", "└─dead", "[kthreadd]"]


async def test_threads_stand_in_braces_under_their_process() -> None:
    mother = process(9, 1, "server", threads=3, rss=1 << 20)
    pool = [process(tid, 9, comm=f"pool-{tid}", thread_of=9, rss=1 << 20) for tid in (10, 11)]
    async with shown(table(process(1, 0, "init"), mother)) as at:
        await at.press("H")
        assert at.tree.threads
        await at.show(table(process(1, 0, "init"), mother, *pool))
        assert at.names == ["init", "└─server", "  ├─{pool-10}", "  └─{pool-11}"]
        assert at.lines[0].endswith("tree 2 + 2 threads")
        assert at.lines[3].split()[:4] == ["10", "root", "0.0", "S"]
        await at.press("end")
        assert at.tree.meant() == ([mother], frozenset())


async def test_paths_and_the_whole_command() -> None:
    async with shown() as at:
        await at.press("p")
        assert "├─/usr/sbin/sshd -D" in at.names
        await at.type("902")
        await at.press("w")
        assert isinstance(at.stage.asked, Whole)
        assert drawn(at.stage.asked)[1:2] == ["  /usr/bin/postgres -D /var/lib"]
        await at.press("escape")
        assert at.stage.asked is None


async def test_following_is_said_and_ends_with_a_move() -> None:
    async with shown() as at:
        await at.type("812")
        await at.press("F")
        assert at.lines[0].endswith("follows 812")
        await at.press("down")
        assert at.lines[0].endswith("tree 25")


async def test_from_one_that_ended_escape_goes_to_its_parent() -> None:
    async with shown() as at:
        await at.type("1877")
        left = [p for p in web() if p.id.pid != 1877]
        gone = next(p for p in web() if p.id.pid == 1877)
        await at.show(table(*left, ended=[Ended(gone, 86400.0)], taken=86403.0))
        assert at.lines[at.tree.selected - at.tree.top + 1].endswith("└─ffmpeg ended 3 s ago")
        await at.show(table(*left, taken=86460.0))
        assert at.pid == 1877
        assert at.tree.action_clear()
        assert at.pid == 1211


async def test_clicks_select_fold_and_sort() -> None:
    async with shown(size=(80, 40)) as at:
        y = at.lines.index(next(line for line in at.lines if line.endswith("├─nginx: master process")))
        await at.pilot.click(Tree, offset=(40, y))
        assert at.pid == 811
        await at.pilot.click(Tree, offset=(31, y))
        await at.pilot.pause()
        assert "├+nginx: master process +2" in at.names
        await at.pilot.click(Tree, offset=(20, 0))
        await at.pilot.pause()
        assert "CPU%▼" in at.lines[0]


async def test_a_double_click_goes_to_the_panes() -> None:
    async with shown() as at:
        entered: list[bool] = []
        at.stage.action_enter = lambda: entered.append(True)  # type: ignore[attr-defined]
        await at.pilot.click(Tree, offset=(40, 3), times=2)
        await at.pilot.pause()
        assert (at.pid, entered) == (640, [True])


async def test_columns_can_be_added_and_taken_away() -> None:
    async with shown(size=(120, 40)) as at:
        at.tree.action_columns()
        await at.pilot.pause()
        await at.press("t", "enter")
        assert "THR" in at.lines[0]
        at.tree.action_columns()
        await at.pilot.pause()
        await at.press("u", "enter")
        assert "USER" not in at.lines[0]


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 5), (40, 10), (200, 60)])
async def test_every_size_is_drawn_and_every_key_is_safe(size: tuple[int, int]) -> None:
    async with shown(size=size) as at:
        for key in ("down", "end", "t", "P", "plus", "asterisk", "c", "F", "K", "I", "pageup", "p", "1", "2", "escape", "U", "home"):
            await at.press(key)
            assert at.lines or size == (1, 1)


KEYS = (
    *("up", "down", "pageup", "pagedown", "home", "end", "plus", "minus", "asterisk", "left", "right", "backspace", "escape", "enter"),
    *("space", "slash", "f4", "f6", *"tPMTNIFKHpncU190uwaso"),
)


@pytest.mark.parametrize("seed", range(4))
async def test_random_keys_while_processes_come_and_go_never_break_it(seed: int) -> None:
    """Births, deaths, pids used again, orphans, circles of parents; every line can be drawn, and the selection is a row."""
    dice = Random(seed)
    living: dict[int, Process] = {each.id.pid: each for each in web()}
    async with shown(size=(dice.choice([40, 80, 120]), dice.choice([6, 24]))) as at:
        at.stage.system = System()
        for taken in range(12):
            before = dict(living)
            for pid in dice.sample(sorted(living), len(living) // 4):
                del living[pid]
            for pid in dice.choices(range(1, 2000), k=6):
                parent, start, cpu = dice.choice([0, 1, pid, *living]), dice.randrange(10**6), dice.random() * 90
                living[pid] = process(pid, parent, f"x {pid}", start=start, cpu=cpu, kernel=pid % 7 == 0)
            gone = [Ended(each, float(taken)) for pid, each in before.items() if living.get(pid) is not each]
            await at.show(table(*living.values(), ended=gone, taken=float(taken)))
            await at.press(*dice.choices(KEYS, k=8))
            assert at.lines
            row = at.tree.outline.current()
            assert (row is None) == (at.tree.row_count() == 0)
            assert row is None or row.process.id == at.tree.outline.process
        at.stage.system.close()
