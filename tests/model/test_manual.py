"""Pages of the manual."""

from explorer.model.manual import Page


def test_a_page_is_written_as_manuals_do() -> None:
    assert Page("2", "epoll_wait").written == "epoll_wait(2)"
