"""sock_diag(7): the questions to ask of a kernel's socket tables, and its answers. One file a family.

    attributes.py  what all answers are made of       inet.py  tcp, udp, udplite, mptcp, raw over IPv4 and IPv6
    unix.py  netlink.py  packet.py  vsock.py  and address.py: IP addresses as text

Each has `request(…) -> bytes` and `decode(payload) -> Socket | None`, None where the payload is too short to be one.
"""
