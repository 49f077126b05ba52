"""What is said of the engine that was taken."""

from explorer.model.missing import Missing, Reason
from explorer.render.piece import Role, plain
from explorer.ui.trace.notice import cure, notice

WHY = Missing(Reason.DENIED, "bpf needs CAP_BPF", "run as root, or set CAP_BPF")


def test_all_pay_for_bpf_and_nobody_for_ptrace() -> None:
    assert plain(notice("bpf", None, 812)) == "bpf: every process of this machine pays a little for each system call while this is on"
    assert notice("ptrace", None, 812) == ()


def test_why_it_is_not_a_better_one_and_what_would_help() -> None:
    line = notice("ptrace", ("bpf", WHY), 812)
    assert plain(line).startswith("ptrace, not bpf: bpf needs CAP_BPF")
    assert "sudo procdive 812, or set CAP_BPF" in plain(line)
    assert line[0].role is Role.MIND


def test_a_cure_is_a_command_where_one_helps_and_there_is_a_process() -> None:
    assert cure(WHY, 812) == "sudo procdive 812, or set CAP_BPF"
    assert cure(WHY, 0) == WHY.cure
    assert cure(Missing(Reason.GONE, "gone", "nothing"), 812) == "nothing"
