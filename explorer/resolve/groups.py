"""Who a gid is."""

from explorer.kernel.reader import Reader
from explorer.resolve.users import Users

GROUP = "/etc/group"


class Groups(Users):
    """As Users: group(5) has its names and numbers in the same places as passwd(5)."""

    op = "g"

    def __init__(self, reader: Reader, group: str = GROUP) -> None:
        super().__init__(reader, group)
