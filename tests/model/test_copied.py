"""model/copied.py: nothing is said of what is not known."""

from explorer.model.copied import Copied


def test_at_the_beginning() -> None:
    found = Copied("/x")
    assert (found.done, found.why, found.copied, found.left) == (False, None, 0, 0)
