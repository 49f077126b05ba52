"""The one handle on the machine; tests make it point elsewhere."""

from functools import cached_property
from typing import TYPE_CHECKING

from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Reader

if TYPE_CHECKING:
    from explorer.resolve.bpf_names import BpfNames
    from explorer.resolve.devices import Devices
    from explorer.resolve.elsewhere import Elsewhere
    from explorer.resolve.groups import Groups
    from explorer.resolve.holders import Holders
    from explorer.resolve.locks import Locks
    from explorer.resolve.mounts import Mounts
    from explorer.resolve.queues import Queues
    from explorer.resolve.sockets import Sockets
    from explorer.resolve.stats import Stats
    from explorer.resolve.terminals import Terminals
    from explorer.resolve.users import Users
    from explorer.resolve.watches import Watches


class System:
    """What the layers above are given instead of globals: where to read, and caches of who is who.

    proc: reads that never block. reader: reads that may hang, each with a deadline. Resolvers hang on it as lazy
    properties, so that a command loads only those that it uses.
    """

    def __init__(self, proc: Procfs | None = None, reader: Reader | None = None) -> None:
        self.proc = proc or Procfs()
        self.reader = reader or Reader()

    @cached_property
    def users(self) -> "Users":
        """uid → name."""
        from explorer.resolve.users import Users

        return Users(self.reader)

    @cached_property
    def groups(self) -> "Groups":
        """gid → name."""
        from explorer.resolve.groups import Groups

        return Groups(self.reader)

    @cached_property
    def terminals(self) -> "Terminals":
        """Device number → terminal."""
        from explorer.resolve.terminals import Terminals

        return Terminals(self.proc)

    @cached_property
    def mounts(self) -> "Mounts":
        """Process → its mounts."""
        from explorer.resolve.mounts import Mounts

        return Mounts(self.proc)

    @cached_property
    def stats(self) -> "Stats":
        """Descriptor → stat(2) of what is behind it."""
        from explorer.resolve.stats import Stats

        return Stats(self.proc, self.reader, self.mounts)

    @cached_property
    def sockets(self) -> "Sockets":
        """Inode → socket."""
        from explorer.resolve.sockets import Sockets

        return Sockets(self.proc, self.reader)

    @cached_property
    def elsewhere(self) -> "Elsewhere":
        """Sockets of all network namespaces, and other ends in them."""
        from explorer.resolve.elsewhere import Elsewhere

        return Elsewhere(self.proc, self.sockets)

    @cached_property
    def holders(self) -> "Holders":
        """Pipe, socket, eventfd, fifo → who has it."""
        from explorer.resolve.holders import Holders

        return Holders(self.proc)

    @cached_property
    def bpf_names(self) -> "BpfNames":
        """BPF program or map → its name."""
        from explorer.resolve.bpf_names import BpfNames

        return BpfNames()

    @cached_property
    def devices(self) -> "Devices":
        """Device number → driver, name and what is behind it."""
        from explorer.resolve.devices import Devices

        return Devices(self.proc, self.reader)

    @cached_property
    def locks(self) -> "Locks":
        """File → its locks, and who waits."""
        from explorer.resolve.locks import Locks

        return Locks(self.proc)

    @cached_property
    def watches(self) -> "Watches":
        """What inotify and fanotify watch → its path."""
        from explorer.resolve.watches import Watches

        return Watches(self.proc, self.reader, self.mounts)

    @cached_property
    def queues(self) -> "Queues":
        """Pipe or socket → what waits in it."""
        from explorer.resolve.queues import Queues

        return Queues(self.reader)

    def close(self) -> None:
        """Throw the reader process away, and a program that looked into queues."""
        self.reader.close()
        if "queues" in self.__dict__:
            self.queues.close()
