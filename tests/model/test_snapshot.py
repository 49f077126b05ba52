"""A row of the process table: what follows from its own fields."""

from dataclasses import replace

from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD, Process

ROW = Process(
    ProcessId(812, 1), ppid=811, comm="nginx", argv=("nginx: worker process",), state="S", pgrp=811, session=811, tty="?", flags=0x400040,
    utime=1, stime=1, priority=20, nice=0, threads=1, vsize=1, rss=1, uid=33, user="www-data",
)  # fmt: skip


def test_case_4_a_kernel_thread_is_told_by_its_flag_alone() -> None:
    assert not replace(ROW, argv=()).is_kernel_thread
    assert not replace(ROW, argv=(), state="Z").is_kernel_thread
    assert replace(ROW, flags=PF_KTHREAD | 0x40).is_kernel_thread


def test_its_command_is_its_arguments_or_its_comm() -> None:
    assert ROW.command == "nginx: worker process"
    assert replace(ROW, argv=()).command == "nginx"
    assert replace(ROW, argv=Missing(Reason.TIMED_OUT)).command == "nginx"
    assert replace(ROW, argv=("a", "", "b c")).command == "a  b c"
