"""model/argv.py"""

from explorer.model.argv import Argv


def test_nothing_odd_unless_it_is_said() -> None:
    argv = Argv(("a", ""))
    assert (argv.raw, argv.rewritten, argv.padding, argv.argc, argv.cut) == (b"", False, 0, 0, False)
