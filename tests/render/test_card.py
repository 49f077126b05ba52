"""render/card.py"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.card import Card, Gone
from explorer.model.cgroup import Container
from explorer.model.missing import Missing, Reason
from explorer.render.card import card_lines, card_rule
from explorer.render.piece import Role, plain
from explorer.render.width import width
from tests.facts import CARD, DENIED, NGINX

LONG = ("java", "-Xmx4g", *(f"-Dsome.property.{number}=value" for number in range(40)), "com.shop.Main")
NAMES = st.text(max_size=300)


def words(card: Card | Gone | Missing, columns: int, rows: int, *, ruled: bool = False) -> list[str]:
    return [plain(line).rstrip() for line in card_lines(card, columns, rows, ruled=ruled)]


def test_wide_as_sketched() -> None:
    first, second, third, fourth = words(CARD, 75, 4)
    assert first.startswith("812 nginx: worker process ")
    assert first.endswith("www-data · sleeping · 20 min")
    assert second.startswith("exe /usr/sbin/nginx  replaced on disk")
    assert second.endswith("nginx.service · by 811 nginx")
    assert third.startswith("now epoll_wait(8<eventpoll, 5 watched>, 4.8 s)")
    assert third.endswith("for 2.1 s")
    assert fourth == "··· waits for tcp 0.0.0.0:80"


def test_narrow_the_rule_says_whose_it_is() -> None:
    rule = plain(card_rule(CARD, 80))
    assert rule.endswith(" www-data · sleeping · 20 min · by 811 nginx ─")
    assert width(rule) == 80
    first, second, third = words(CARD, 79, 3, ruled=True)
    assert first == "812 nginx: worker process"
    assert second.startswith("exe /usr/sbin/nginx  replaced on disk ")
    assert second.endswith(" nginx.service")
    assert third.startswith("now ")


def test_smallest() -> None:
    rule = plain(card_rule(CARD, 40, alone=True))
    assert rule.startswith("─ 812 /usr/sbin/nginx  replaced ─")
    assert width(rule) == 40
    assert words(CARD, 39, 1)[0].startswith("now epoll_wait(")
    assert words(CARD, 39, 2)[0].startswith("812 ")


def test_high_has_folders_and_parents() -> None:
    found = words(CARD, 100, 6)
    assert found[2] == "cwd /  cgroup /system.slice/nginx.service"
    assert found[3] == "by 811 nginx ← 1 systemd"
    assert found[5].startswith("··· ")


def test_a_long_command_takes_two_lines_and_keeps_its_end() -> None:
    card = replace(CARD, argv=LONG)
    first, second, third, _ = words(card, 80, 4)
    assert first.startswith("812 java -Xmx4g")
    assert "…" in second
    assert second.endswith("com.shop.Main")
    assert third.startswith("exe ")
    assert words(card, 79, 3, ruled=True)[0].endswith("com.shop.Main")


@settings(max_examples=150)
@given(NAMES, st.lists(NAMES, max_size=5), NAMES, st.integers(1, 200), st.integers(0, 8), st.booleans())
def test_exactly_so_many_lines_of_at_most_so_many_columns(
    comm: str, argv: list[str], path: str, columns: int, rows: int, ruled: bool
) -> None:
    assert not isinstance(CARD.executable, Missing)
    card = replace(CARD, comm=comm, argv=tuple(argv), executable=replace(CARD.executable, path=path), cwd=path)
    for shown in (card, Gone(NGINX, card, 5.0, 8.0), Gone(NGINX, None, 5.0, 8.0, comm, 6.0), DENIED):
        found = card_lines(shown, columns, rows, ruled=ruled)
        assert len(found) == rows
        assert all(width(plain(line)) <= columns for line in found)
    for alone in (True, False):
        assert width(plain(card_rule(card, columns, alone=alone))) == columns


def test_what_cannot_be_read_is_said() -> None:
    card = replace(CARD, argv=DENIED, executable=DENIED, cwd=DENIED, now=Missing(Reason.DENIED, "its call"))
    found = words(card, 100, 6)
    assert found[0].startswith("812 nginx  command line denied")
    assert found[1].startswith("exe denied")
    assert "cwd denied" in found[2]


def test_root_stands_out_and_a_container_is_named() -> None:
    card = replace(CARD, user="root", uid=0, container=Container("docker", "ab" * 32))
    line = card_lines(card, 100, 4)[0]
    assert any(part.text == "root" and part.role is Role.PRIVILEGED for part in line)
    assert "docker abababababab · nginx.service" in words(card, 100, 4)[1]


def test_a_kernel_thread_and_a_zombie() -> None:
    thread = replace(
        CARD,
        is_kernel_thread=True,
        argv=(),
        comm="kworker/1:1",
        executable=Missing(Reason.UNSUPPORTED, "a kernel thread has no executable"),
    )
    assert words(thread, 90, 4)[0].startswith("812 [kworker/1:1]")
    assert words(thread, 90, 4)[1].startswith("exe none: a kernel thread has no executable")
    zombie = replace(CARD, state="Z", exit_code=127 << 8, argv=())
    assert "zombie, exit 127" in words(zombie, 90, 4)[0]


def test_gone_as_sketched() -> None:
    gone = Gone(NGINX, CARD, 1_795_601_200.0, 1_795_601_203.0)
    found = words(gone, 100, 4)
    assert found[0].startswith("812 nginx: worker process   www-data · ended ")
    assert found[0].endswith("lived 20 min")
    assert found[1].startswith("exe /usr/sbin/nginx")
    assert found[2].startswith("now ended 3.0 s ago; last seen in epoll_wait(")
    killed = Gone(NGINX, replace(CARD, exit_code=9), 1.0, 2.0)
    assert "killed by SIGKILL" in words(killed, 120, 4)[0]


def test_a_pid_used_again_as_sketched() -> None:
    found = words(Gone(NGINX, CARD, 1.0, 2.0, "php-fpm", 1.5), 120, 4)
    assert found[0].startswith("812 is another process now (php-fpm, since ")
    assert "Yours: gone " in found[0]


@pytest.mark.parametrize("nothing", [None, DENIED])
def test_a_rule_about_nothing(nothing: Missing | None) -> None:
    assert plain(card_rule(nothing, 10)) == "─" * 10
