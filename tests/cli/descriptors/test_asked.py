"""cli/descriptors/asked.py"""

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.descriptors.asked import Asked, asked
from explorer.cli.main import parser_of
from explorer.query.inet import NotUnderstood
from explorer.query.thing import Owner
from explorer.resolve.system import System
from tests.query.things import THINGS

GONE = "4194303"


def of(system: System, *words: str) -> Asked:
    return asked(parser_of("fds", "").parse_intermixed_args(words), system)


def test_nothing_is_asked_for_without_a_word(system: System) -> None:
    assert not of(system).anything
    assert not of(system, "-a", "-t", "-n").anything
    for words in (["--all"], ["-i"], ["-u", "^root"], ["--filter", "kind:tcp"], ["-p", GONE], ["/"], ["-d", "^0"], ["-s", "TCP:LISTEN"]):
        assert of(system, *words).anything, words


def test_words_narrow_and_letters_are_terms(system: System) -> None:
    own = str(os.getpid())
    found = of(system, own, "-i", "-U")
    assert found.pids == (os.getpid(),)
    assert [term.option for term in found.selection.terms] == ["-i", "-U"]
    found = of(system, "-p", own, "-i")
    assert found.pids is None
    assert [term.option for term in found.selection.terms] == [f"-p {own}", "-i"]
    assert found.single == {os.getpid()}


def test_what_is_about_one_process(system: System) -> None:
    own, other = str(os.getpid()), str(os.getppid())
    for words in ([own], ["-p", own], ["-a", "-p", own, "-i"]):
        assert of(system, *words).of_one, words
    for words in (["-p", own, "-p", other], ["-p", own, "-i"], [own, other], ["--all"]):
        assert not of(system, *words).of_one, words


def test_a_thread_means_its_process_and_says_so(system: System) -> None:
    ids: list[int] = []
    ready, end = threading.Event(), threading.Event()

    def work() -> None:
        ids.append(threading.get_native_id())
        ready.set()
        end.wait(60)

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait(60)
    try:
        found = of(system, "-p", str(ids[0]))
        assert found.single == {os.getpid()}
        assert found.remarks[0].startswith(f"{ids[0]} is a thread of {os.getpid()}")
    finally:
        end.set()
        thread.join()


def test_who_is_left_out(system: System) -> None:
    found = of(system, "-p", "^812", "-u", "^root,^33", "-c", "^sh", "-g", "^811")
    assert not found.selection.terms
    left_out = [name for name, owner in (("nginx", THINGS["log"][0]), ("sh", THINGS["nfs"][0]), ("x", Owner(1, "x", "me", 5, 1))) if
                found.selection.process(owner) is None]  # fmt: skip
    assert left_out == ["nginx", "sh"]


def test_states_alone_mean_tcp_sockets(system: System) -> None:
    assert [term.option for term in of(system, "-s", "TCP:LISTEN").selection.terms] == ["-i tcp"]
    assert [term.option for term in of(system, "-s", "TCP:LISTEN", "-i", "udp").selection.terms] == ["-i udp"]
    assert len(of(system, "-s", "TCP:LISTEN", "-u", "root").selection.terms) == 1


def test_a_word_that_is_a_file_here_is_told_how_to_be_one(system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "some-file").touch()
    assert of(system, "some-file").missing == (
        "no process is called some-file; procdive ps lists them; a file is written with a slash: ./some-file",
    )
    assert of(system, "no-file").missing == ("no process is called no-file; procdive ps lists them",)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-i", "812"], "a PID goes with -p"),
        (["-p", "nginx"], "the name of a process goes with -c"),
        (["-c", "/(/"], "is no regular expression"),
        (["-d", "1,^2"], "either descriptors"),
        (["-s", "UDP:Idle"], "UDP has no states"),
        (["+L", "x"], "want a number"),
        (["+D", "/nowhere/at/all"], "there is no such folder"),
        (["+f", "/etc/passwd"], "is no file system"),
        (["--filter", "size>big"], "big is no number"),
        (["-u", ","], "wants at least one"),
    ],
)
def test_what_is_not_understood(system: System, words: list[str], says: str) -> None:
    with pytest.raises(NotUnderstood, match=says):
        of(system, *words)


PARTS = ("^", ",", "/", "1", "-", "tcp", ":", "@", "cwd", "LISTEN", "fd", "root", ">", "size", "(", "[", "\udcff")
WORDS = st.one_of(
    st.text(st.characters(exclude_characters="\0"), max_size=10),
    st.lists(st.sampled_from(PARTS), max_size=6).map("".join),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["-p", "-g", "-u", "-c", "-i", "-s", "-d", "+L", "--filter"]), WORDS)
def test_odd_words_are_understood_or_refused_in_a_sentence(option: str, word: str) -> None:
    options = parser_of("fds", "").parse_args([])
    dests = {"-p": "pids", "-g": "pgrps", "-u": "users", "-c": "names", "-i": "inet", "-s": "states", "-d": "numbers", "+L": "links"}
    setattr(options, dests.get(option, "filter"), [word])
    system = System()
    said = ""
    try:
        assert isinstance(asked(options, system), Asked)
    except NotUnderstood as why:
        said = str(why)
    finally:
        system.close()
    assert not said or said.startswith((option, "-i"))
