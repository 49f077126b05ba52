"""The addresses of a socket as the programs tell them, in the words of the screen."""

from typing import Final

from explorer.decode.constants.families import NAMES as FAMILIES
from explorer.decode.constants.sockets import AF_INET, AF_INET6, AF_UNIX, IP_PROTOCOLS, LISTEN, STATES, TYPES
from explorer.decode.netlink.address import ip_text, mapped
from explorer.decode.netlink.inet import state_name
from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.trace.bpf.names import ADDRESS, Told

MOST: Final = 4096
"""Ports that are remembered as listened on; then all are forgotten."""


class Sockets:
    """Which ports are listened on, as far as it was told: they say who came to whom."""

    def __init__(self) -> None:
        self._listening: set[int] = set()

    def of(self, told: Told) -> Socket:
        """Its family, addresses and state. told.address must not be empty. Never raises."""
        family, kind, protocol, state, size, port, far_port, _, near, far, peer, path = ADDRESS.unpack(told.address)
        type_ = TYPES.get(kind, str(kind))
        if family in {AF_INET, AF_INET6}:
            if state == LISTEN:
                if len(self._listening) > MOST:
                    self._listening.clear()
                self._listening.add(port)
            name = IP_PROTOCOLS.get(protocol, str(protocol))
            near, far = (near[:4], far[:4]) if family == AF_INET else (mapped(near), mapped(far))
            here, there = ip_text(near, family), ip_text(far, family)
            return InetSocket(
                inode=told.inode,
                family="inet" if family == AF_INET else "inet6",
                type=type_,
                protocol=name,
                state=state_name(state, name),
                local=(here, port) if port else ("", 0),
                remote=(there, far_port) if far_port else ("", 0),
                inbound=port in self._listening and state != LISTEN,
            )
        if family == AF_UNIX:
            raw = path[2:size]
            shown = (b"@" + raw[1:] if raw[:1] == b"\0" else raw.rstrip(b"\0")).decode("utf-8", "surrogateescape")
            word = STATES.get(state, str(state))
            return UnixSocket(inode=told.inode, family="unix", type=type_, state=word, path=shown, peer=peer)
        family_word = FAMILIES.get(family, str(family)).removeprefix("AF_").lower()
        return Socket(inode=told.inode, family=family_word, type=type_, protocol=str(protocol) if protocol else "")
