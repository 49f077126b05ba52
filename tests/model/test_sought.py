"""What is looked for."""

from explorer.model.sought import Sought


def test_which_inodes_may_be_meant() -> None:
    found = Sought(files=frozenset({(8, 1, 7)}), stats=frozenset({(0, 40, 9)}), inodes=frozenset({11}))
    assert found.numbers == {7, 9, 11}
    assert found.by_path
    assert not found.is_gone


def test_a_name_alone_is_a_file_that_is_gone() -> None:
    assert Sought(names=frozenset({"/x (deleted)"})).is_gone
    assert not Sought(links=frozenset({"pipe:[7]"})).by_path
    assert not Sought(links=frozenset({"/memfd:x (deleted)"}), names=frozenset({"/memfd:x (deleted)"})).is_gone
