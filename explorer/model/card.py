"""What is said of the selected process at every size of the screen."""

from dataclasses import dataclass

from explorer.model.cgroup import Cgroup, Container, Unit
from explorer.model.executable import Executable
from explorer.model.missing import Missing
from explorer.model.origin import Ancestor
from explorer.model.process import ProcessId
from explorer.model.stack import Now


@dataclass(frozen=True, slots=True)
class Card:
    """argv: its arguments. user: the name of its effective uid. started: seconds since 1970; age: seconds.

    parents: from its parent up. exit_code: of a zombie, as wait(2) has it, else None. taken: seconds since 1970.
    thread_of: 0; where it is a thread (its id is a tid) the process that it belongs to.
    """

    process: ProcessId
    comm: str
    is_kernel_thread: bool
    state: str
    exit_code: int | None
    argv: tuple[str, ...] | Missing
    executable: Executable | Missing
    cwd: str | Missing
    root: str | Missing
    uid: int | Missing
    user: str
    started: float
    taken: float
    parents: tuple[Ancestor, ...]
    unit: Unit
    container: Container | None
    cgroups: tuple[Cgroup, ...] | Missing
    now: Now | Missing
    thread_of: int = 0

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return max(0.0, self.taken - self.started)


@dataclass(frozen=True, slots=True)
class Gone:
    """A process that has ended. card: what was seen of it last, None where it was never looked at.

    ended: when that was noticed; now: when this was said; both in seconds since 1970. heir: the name of the process that
    has its pid now, "" where none has, and heir_started: since when.
    """

    process: ProcessId
    card: Card | None
    ended: float
    now: float
    heir: str = ""
    heir_started: float = 0.0
