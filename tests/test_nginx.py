"""The nginx of the tests is one: master and workers where the stories expect them."""

import os
from pathlib import Path

import pytest

from tests.loopback import until
from tests.nginx import Nginx

RT_SIGSUSPEND = {"130", "133"}  # x86-64, aarch64
EPOLL_WAIT = {"232", "22"}  # aarch64 has epoll_pwait alone


def call_of(pid: int) -> str:
    return Path(f"/proc/{pid}/syscall").read_text().split()[0]


pytestmark = pytest.mark.oracle("nginx")


def test_its_master_sleeps_for_signals_and_its_workers_for_events() -> None:
    with Nginx() as nginx:
        assert (nginx.prefix / "access.log").exists()
        until(lambda: call_of(nginx.master) in RT_SIGSUSPEND, "the master in rt_sigsuspend")
        until(lambda: all(call_of(worker) in EPOLL_WAIT for worker in nginx.workers), "the workers in epoll_wait")
    assert not os.path.exists(f"/proc/{nginx.master}")
    assert not nginx.prefix.exists()


@pytest.mark.oracle("wrk")
def test_it_can_be_loaded() -> None:
    with Nginx() as nginx:
        assert nginx.load(seconds=1).wait(10) == 0
        assert " 200 " in (nginx.prefix / "access.log").read_text()


@pytest.mark.root
def test_an_ordinary_user_can_run_it() -> None:
    with Nginx(uid=65534) as nginx:
        assert os.stat(f"/proc/{nginx.master}").st_uid == 65534
