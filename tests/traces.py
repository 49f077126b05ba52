"""Batches as an engine hands them over: an nginx worker under requests, and whatever hypothesis wants."""

from collections.abc import Iterator
from random import Random
from struct import pack as packed

from hypothesis import strategies as st

from explorer.model.batch import UNFINISHED_END, Batch, Kind
from explorer.trace.log import copy
from explorer.trace.payload import pack

CWD, FAILED = -100, (1 << 64) - 1
TCP = "TCP:[10.0.0.5:80->10.0.0.9:{}]"
BUFFER, PATH_AT, VECTOR, EVENTS = 0x55C8836BAEB0, 0x7F2A11223300, 0x7FFC11220010, 0x55C883600000
Row = tuple[int, int, int, bytes]
"""number, result, ns that it took, payload; of x86_64."""


def request(number: int) -> Iterator[Row]:
    """One request: epoll_wait, accept4, recvfrom, openat, fstat, writev, sendfile, write to the log, recvfrom again, close."""
    fd, file = 11 + number % 16, 40 + number % 3
    peer = TCP.format(40000 + number % 2048).encode()
    path = f"/srv/www/img/logo{number % 500}.svg".encode()
    end = b"HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    yield (
        232,
        1,
        8_400_000,
        pack((8, EVENTS, 512, 4800, 0, 0), [(8, False, b"anon_inode:[eventpoll]")], [(EVENTS, True, packed("<IQ", 1, fd))]),
    )
    asked = b"GET /" + path[9:] + b" " + end
    yield 45, 311, 5_000, pack((fd, BUFFER, 1024, 0, 0, 0), [(fd, False, peer)], [(BUFFER, True, asked[:32])])
    args = (CWD & FAILED, PATH_AT, 0x800, 0, 0, 0)
    missing = number % 20 == 0
    if missing:
        yield 257, -2, 6_000, pack(args, [(CWD, False, b"/")], [(PATH_AT, False, path + b"\0")])
    else:
        yield 257, file, 6_000, pack(args, [(CWD, False, b"/"), (file, True, path)], [(PATH_AT, False, path + b"\0")])
        yield 5, 0, 2_000, pack((file, BUFFER, 0, 0, 0, 0), [(file, False, path)], [(BUFFER, True, bytes(144))])
    vector = packed("<4Q", BUFFER, 238, BUFFER + 4096, 512)
    pieces = [(VECTOR, False, vector), (BUFFER, False, b"HTTP/1.1 200 OK\r\nServer: nginx/1"), (BUFFER + 4096, False, b"<html>" * 5)]
    yield 20, 750, 31_000, pack((fd, VECTOR, 2, 0, 0, 0), [(fd, False, peer)], pieces)
    line = b"127.0.0.1 - - [25/Nov/2026:14:22"
    yield 1, 88, 12_000, pack((5, BUFFER, 88, 0, 0, 0), [(5, False, b"/var/log/nginx/access.log")], [(BUFFER, False, line)])
    yield 45, -11, 2_000, pack((fd, BUFFER, 1024, 0, 0, 0), [(fd, False, peer)], [])
    if not missing:
        yield 3, 0, 1_000, pack((file, 0, 0, 0, 0, 0), [(file, False, path)], [])


def nginx(rows: int, first: int = 0) -> Batch:
    """So many rows of two workers' requests, 10 µs apart. first: the request to begin with."""
    batch = Batch()
    while len(batch) < rows:
        for number, result, took, payload in request(first):
            if len(batch) == rows:
                break
            tid = 812 + first % 2
            batch.add(Kind.CALL, tid, tid, (first * 10 + len(batch)) * 10_000, number, result, took, payload, 0, 1)
        first += 1
    return batch


PATHS = [b"/etc/passwd", b"/etc", b"/etcetera", b"index.html", b"/srv/www/index.html", b'/tmp/\xff\n"x"', b"../etc/hosts"]
NAMES = [b"/etc/hosts", b"pipe:[77]", b"/srv/www", b"/tmp/gone (deleted)", b"socket:[9]", b"/etc"]
AT = 0x1000


def call(chance: Random) -> tuple[Kind, int, int, int, bytes, int]:
    """kind, number, result, took, payload, arch of a call."""
    one = chance.choice
    number, arch = one([(0, 0), (1, 0), (2, 0), (3, 0), (257, 0), (39, 0), (202, 0), (999, 0), (102, 1), (5, 1), (56, 3), (7, 4)])
    fd = one([0, 3, 7, 9, FAILED])
    args = (one([fd, CWD & FAILED]), AT, chance.randrange(70), 0o644, 0, 0)
    if number == 102:
        args = (chance.randrange(23), AT, 0, 0, 0, 0)
    if number in {2, 5} and arch < 2:
        args = (AT, one([0, 0x800, 0x241]), 0o644, 0, 0, 0)
    names = [(fd if fd != FAILED else 3, False, one(NAMES))] if one([False, True]) else []
    if one([False, True]):
        names.append((CWD, False, one([b"/", b"/etc", b"/srv/www"])))
    pieces = [(AT, one([False, True]), one(PATHS) + b"\0")] if one([False, True]) else []
    result = one([0, 3, 7, 100, -2, -11, -4, -13, -512, UNFINISHED_END, -4095, -4096])
    return one([Kind.CALL] * 4 + [Kind.PENDING]), number, result, one([-1, 10, 2_000_000]), pack(args, names, pieces), arch


def palette(size: int = 400) -> Batch:
    """Every kind of row, always the same ones."""
    batch, chance = Batch(), Random(5)
    others = [Kind.SIGNAL, Kind.STOPPED, Kind.STARTED, Kind.EXITED, Kind.SUPERSEDED, Kind.LOST, Kind.NOTICE]
    for _ in range(size):
        tid, pid = chance.choice([(7, 7), (8, 7), (9, 9)])
        kind = chance.choice([Kind.CALL] * 20 + others)
        if kind == Kind.CALL:
            what, number, result, took, payload, arch = call(chance)
            batch.add(what, tid, pid, len(batch), number, result, took, payload, arch)
        elif kind == Kind.NOTICE:
            batch.add(kind, tid, pid, 5, payload=chance.choice([b"a child was not followed", b"index.html"]))
        else:
            batch.add(kind, tid, pid, 5, chance.choice([1, 2, 17]), chance.choice([8, 256, 11]))
    return batch


PALETTE = palette()


def chosen(rows: list[int]) -> Batch:
    """Those rows of the palette."""
    batch = Batch()
    for row in rows:
        copy(PALETTE, row, batch)
    return batch


def batches(most: int = 30) -> st.SearchStrategy[Batch]:
    """Any rows."""
    return st.lists(st.integers(0, len(PALETTE) - 1), max_size=most).map(chosen)
