"""kernel/bpf/support.py: what is made missing is named, with what helps; and what works was tried."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from explorer.kernel.bpf import libbpf as library
from explorer.kernel.bpf import support
from explorer.kernel.bpf.object import Object
from explorer.model.missing import Missing, Reason, Unreadable
from tests.ordinary import TREE, as_user, python

ASK = """
import json
from explorer.kernel.bpf import support
from explorer.model.missing import Missing
def plain(found):
    return [found.reason.value, found.detail, found.cure] if isinstance(found, Missing) else found
print(json.dumps({"whole": plain(support.unsupported()), **{name: plain(found) for name, found in support.facts()}}))
"""
FILTER = """
import ctypes, struct, sys
from explorer.kernel.probes import SYSCALLS
number = SYSCALLS[__import__("platform").machine()]["bpf"]
rules = struct.pack("=" + "HBBI" * 4, 0x20, 0, 0, 0, 0x15, 0, 1, number, 0x06, 0, 0, 0x50001, 0x06, 0, 0, 0x7FFF0000)
kept = ctypes.create_string_buffer(rules)
program = struct.pack("=H6xQ", 4, ctypes.addressof(kept))
assert ctypes.CDLL(None).prctl(38, 1, 0, 0, 0) == 0  # PR_SET_NO_NEW_PRIVS
assert ctypes.CDLL(None).prctl(22, 2, program, 0, 0) == 0  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER: EPERM for bpf(2)
"""


def asked(*argv: str, program: str = ASK, ordinary: bool = False) -> dict[str, Any]:
    """What another procdive says, started by argv."""
    options: dict[str, Any] = as_user() if ordinary else {"cwd": TREE}
    out = subprocess.run([*argv, "-c", program], capture_output=True, text=True, check=True, **options)
    assert out.stderr == ""
    answer: dict[str, Any] = json.loads(out.stdout)
    return answer


def refusal(reason: Reason, look: object) -> Missing:
    with pytest.raises(Unreadable) as refused:
        look()  # type: ignore[operator]
    assert refused.value.missing.reason is reason
    assert refused.value.missing.cure
    return refused.value.missing


@pytest.fixture
def another_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(library, "NAME", "libnowhere.so.9")
    library.libbpf.cache_clear()
    yield
    library.libbpf.cache_clear()


@pytest.mark.root
def test_root_may_and_nothing_stays() -> None:
    found = dict(support.facts())
    lacking = {name: words for name, words in found.items() if isinstance(words, Missing)}
    if lacking:
        pytest.skip(f"no BPF on this machine: {lacking}")
    assert support.unsupported() is None
    before = os.listdir("/proc/self/fd")
    assert support.trial().endswith("gone again")
    assert os.listdir("/proc/self/fd") == before


@pytest.mark.root
@pytest.mark.oracle("setpriv")
def test_two_capabilities_are_enough() -> None:
    whole = asked(*python())["whole"]
    if whole is not None:
        pytest.skip(f"no BPF on this machine: {whole}")
    found = asked("setpriv", "--inh-caps=-all,+bpf,+perfmon", "--bounding-set=-all,+bpf,+perfmon", *python())
    assert found["whole"] is None
    assert found["rights"] == "CAP_BPF and CAP_PERFMON"


@pytest.mark.root
@pytest.mark.oracle("setpriv")
def test_a_root_without_one_of_them() -> None:
    reason, detail, cure = asked("setpriv", "--inh-caps=-all,+bpf", "--bounding-set=-all,+bpf", *python())["whole"]
    assert reason == "denied"
    assert detail.startswith("CAP_PERFMON not held by uid 0")
    assert "--cap-add" in cure


def test_an_ordinary_user() -> None:
    found = asked(*python(), ordinary=True)
    assert found["whole"] == found["rights"]
    assert found["rights"][0] == "denied"
    assert found["rights"][1].startswith("CAP_BPF and CAP_PERFMON not held by uid")
    assert found["rights"][2] == "run as root"


@pytest.mark.oracle("unshare")
def test_a_user_namespace() -> None:
    if subprocess.run(["unshare", "-rU", "true"], capture_output=True).returncode:
        pytest.skip("no user namespaces for us here")
    found = asked("unshare", "-rU", *python())
    assert found["whole"] == found["rights"]
    assert found["rights"][1].startswith("this is a user namespace")
    assert "host" in found["rights"][2]


@pytest.mark.root
@pytest.mark.oracle("unshare")
def test_a_pid_namespace_is_said() -> None:
    found = asked("unshare", "-pf", "--mount-proc", *python())
    assert found["pids"].startswith("of a namespace (")
    assert found["whole"] == asked(*python())["whole"]


@pytest.mark.root
@pytest.mark.oracle("unshare", "mount")
def test_types_that_are_hidden(tmp_path: Path) -> None:
    if not Path(support.TYPES).exists():
        pytest.skip("this kernel has no BTF")
    (tmp_path / "empty").touch()
    found = asked("unshare", "-m", "sh", "-c", f'mount --bind {tmp_path}/empty {support.TYPES} && exec "$0" "$@"', *python())
    assert found["whole"] == found["types"] == ["unsupported", f"{support.TYPES} is no BTF", "whatever is mounted over it has to go"]


@pytest.mark.root
def test_a_seccomp_filter() -> None:
    found = asked(sys.executable, program=FILTER + ASK)
    if isinstance(found["rights"], list):
        pytest.skip("root without rights")
    assert found["whole"] == found["system call"]
    assert found["whole"][:2] == ["denied", "a seccomp filter forbids bpf(2)"]


@pytest.mark.usefixtures("another_library")
def test_no_library() -> None:
    missing = refusal(Reason.UNSUPPORTED, support.library)
    assert missing.detail == "there is no libnowhere.so.9"
    assert "libbpf1" in missing.cure
    whole = support.unsupported()
    assert whole is not None
    if os.geteuid() == 0 and not isinstance(support.answer(support.rights), Missing):
        assert whole == missing


def test_an_old_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    for release in ("5.4.0-150-generic", "4.19.0", "5.7"):
        monkeypatch.setattr(os, "uname", lambda release=release: SimpleNamespace(release=release))
        assert refusal(Reason.UNSUPPORTED, support.kernel).detail == f"Linux {release} has no ring buffers for BPF"
    for release in ("5.8.0", "5.10.0-30-amd64", "6.1+x", "10.0"):
        monkeypatch.setattr(os, "uname", lambda release=release: SimpleNamespace(release=release))
        assert support.kernel() == f"Linux {release}"


def test_a_kernel_without_types(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(support, "TYPES", str(tmp_path / "vmlinux"))
    assert "CONFIG_DEBUG_INFO_BTF" in refusal(Reason.UNSUPPORTED, support.types).cure
    (tmp_path / "vmlinux").write_bytes(b"\x9f\xeb" + bytes(5000))
    assert support.types().endswith("4 KB")


@pytest.mark.parametrize(
    ("said", "words"), [("[none] integrity confidentiality", "none"), ("none [integrity] confidentiality", "integrity")]
)
def test_lockdown_that_lets_us(said: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lockdown").write_text(said + "\n")
    monkeypatch.setattr(support, "LOCKDOWN", str(tmp_path / "lockdown"))
    assert support.lockdown() == words


def test_lockdown_that_does_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(support, "LOCKDOWN", str(tmp_path / "lockdown"))
    assert support.lockdown() == "none that can be seen"
    (tmp_path / "lockdown").write_text("none integrity [confidentiality]\n")
    assert "confidentiality" in refusal(Reason.DENIED, support.lockdown).detail


def test_lockdown_that_cannot_be_seen_is_known_by_what_the_verifier_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Word for word what Linux 6.1 said with lockdown=confidentiality and no securityfs."""

    def refuse(raw: bytes) -> Object:
        detail = "loading BPF programs (EINVAL: prog 'begins': unknown func bpf_probe_read#4)"
        raise Unreadable(Missing(Reason.UNSUPPORTED, detail))

    monkeypatch.setattr(support, "LOCKDOWN", str(tmp_path / "lockdown"))
    monkeypatch.setattr(support, "Object", refuse)
    assert refusal(Reason.DENIED, support.trial) is support.CONFIDENTIAL


@pytest.mark.root
def test_a_program_that_nothing_runs_is_not_called_working(monkeypatch: pytest.MonkeyPatch) -> None:
    if support.unsupported() is not None:
        pytest.skip("no BPF on this machine")
    monkeypatch.setattr(Object, "attach", lambda self, *programs: None)
    whole = support.unsupported()
    assert whole is not None
    assert whole.detail == "a BPF program was loaded and attached, but nothing runs it"
