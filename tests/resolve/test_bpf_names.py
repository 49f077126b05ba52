"""resolve/bpf_names.py"""

import pytest

from explorer.collect.files import files
from explorer.decode.fd.bpf import Bpf
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.bpf_names import BpfNames
from explorer.resolve.system import System
from tests.specimens.holds import Holds


def test_each_is_asked_for_once() -> None:
    asked = []

    def info(sort: str, number: int) -> bytes:
        asked.append((sort, number))
        return bytes(24) + b"counts\0"

    names = BpfNames(info)
    assert [names.of("map", 7), names.of("map", 7)] == ["counts", "counts"]
    assert asked == [("map", 7)]


@pytest.mark.parametrize(("reason", "questions"), [(Reason.DENIED, 1), (Reason.GONE, 3)])
def test_where_it_is_denied_it_is_not_asked_again(reason: Reason, questions: int) -> None:
    asked = []

    def info(sort: str, number: int) -> bytes:
        asked.append((sort, number))
        raise Unreadable(Missing(reason, "bpf"))

    names = BpfNames(info)
    assert [names.of("prog", number) for number in range(3)] == ["", "", ""]
    assert len(asked) == questions


@pytest.mark.root
def test_living_ones(system: System) -> None:
    with Holds("bpf") as it:
        found = files(system, it.pid)
        assert not isinstance(found, Missing)
        names = {fd.number: fd.name for fd in found if isinstance(fd, Bpf)}
        assert names == {it.said["map"]: "held_map", it.prog: "held_prog"}
