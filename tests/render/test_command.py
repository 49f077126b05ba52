"""Commands as people read them."""

import pytest

from explorer.model.missing import Missing, Reason
from explorer.render.command import command_pieces, command_words
from explorer.render.piece import Role
from tests.snapshots import process


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["/usr/sbin/sshd", "-D"], ("sshd", " -D")),
        (["./a.out"], ("a.out", "")),
        (["-bash"], ("-bash", "")),
        (["nginx: worker process"], ("nginx:", " worker process")),
        (["sh", "-c", "ls; true"], ("sh", " -c 'ls; true'")),
        (["", "300"], ("''", " 300")),
        (["x", "", "'"], ("x", " '' ''\\'''")),
        (["/"], ("/", "")),
        ([" x"], (" x", "")),
    ],
)
def test_case_10_arguments_can_be_told_apart(argv: list[str], words: tuple[str, str]) -> None:
    """Empty and multi-word arguments are quoted; a title that was written over the arguments is not."""
    assert command_words(process(5, 1, argv)) == words


def test_names_of_those_without_arguments() -> None:
    assert command_words(process(5, 1, comm="wiped")) == ("wiped", "")
    assert command_words(process(5, 2, comm="kworker/0:1", kernel=True)) == ("[kworker/0:1]", "")
    assert command_words(process(5, 1, "server", comm="pool-1", thread_of=4)) == ("{pool-1}", "")


def test_the_path_is_kept_where_it_is_wanted() -> None:
    assert command_words(process(5, 1, "/usr/sbin/sshd -D"), paths=True) == ("/usr/sbin/sshd", " -D")


def test_only_so_much_of_a_long_one_is_looked_at() -> None:
    name, rest = command_words(process(5, 1, ["x", *["y" * 1000] * 1000]), longest=100)
    assert len(name + rest) < 120


def test_roles_and_what_could_not_be_read() -> None:
    assert [part.role for part in command_pieces(process(5, 1, "sshd -D"))] == [Role.NAME, Role.TEXT]
    denied = command_pieces(process(5, 1, comm="x", argv=Missing(Reason.TIMED_OUT)))
    assert [part.text for part in denied] == ["x", " ", "timed out"]
    assert command_pieces(process(5, 2, comm="k", kernel=True))[0].role is Role.TEXT
