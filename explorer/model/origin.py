"""Where a process comes from."""

from dataclasses import dataclass

from explorer.model.cgroup import Container, Unit
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True)
class Ancestor:
    """pid and comm of a process above."""

    pid: int
    comm: str


@dataclass(frozen=True, slots=True)
class Origin:
    """parents: from its parent up to process 1, or as far as may be seen. unit, container: told by its cgroup.

    leader: of its session (setsid(2)), None where it is that itself or nobody is left. login: the id of its login session
    (audit's sessionid), Missing where it has none. A parent that ended is not known any more: its children were given to
    another, a subreaper or process 1.
    """

    parents: tuple[Ancestor, ...]
    unit: Unit
    container: Container | None
    leader: Ancestor | None
    login: int | Missing
