"""Ports and addresses by the names that two files give them; no name service is asked."""

from collections.abc import Collection, Mapping
from functools import cached_property

from explorer.decode import hosts, services
from explorer.kernel.reader import Reader
from explorer.model.missing import Unreadable

SERVICES = "/etc/services"
HOSTS = "/etc/hosts"
LIMIT = 1 << 24


class Names:
    """Each file is read when the first name is asked for, once; one that cannot be read has no names. Blocks for a deadline."""

    def __init__(self, reader: Reader, services: str = SERVICES, hosts: str = HOSTS) -> None:
        self._reader = reader
        self._paths = services, hosts

    def ports(self, service: str) -> Collection[tuple[int, str]]:
        """Port and protocol of a service, of each line that has it."""
        return self._services.get(service, ())

    def addresses(self, host: str) -> Collection[str]:
        """The addresses of a host."""
        return self._hosts.get(host, ())

    @cached_property
    def _services(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        return services.decode(self._read(self._paths[0]))

    @cached_property
    def _hosts(self) -> Mapping[str, tuple[str, ...]]:
        return hosts.decode(self._read(self._paths[1]))

    def _read(self, path: str) -> bytes:
        try:
            return self._reader.read(path, LIMIT)
        except Unreadable:
            return b""
