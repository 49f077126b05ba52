"""model/files.py"""

from explorer.model.files import NoFiles, OpenFiles


def test_nothing_happened_unless_somebody_says_so() -> None:
    files = OpenFiles(7, ())
    assert (files.opened, files.closed, dict(files.progress), files.unread, files.limit) == (frozenset(), (), {}, 0, None)
    assert not NoFiles(7, "x", None).kernel_thread
