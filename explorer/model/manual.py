"""Pages of the manual."""

from typing import NamedTuple


class Page(NamedTuple):
    """section: "2". name: "epoll_wait". Both of our own tables only: nothing that another process chose."""

    section: str
    name: str

    @property
    def written(self) -> str:
        """`epoll_wait(2)`"""
        return f"{self.name}({self.section})"
