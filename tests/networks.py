"""Two network namespaces with a wire between them, and a connection over it, for tests that root runs."""

import json
import subprocess
import sys
from typing import Any, Self

import pytest

PROGRAM = """
import ctypes, json, os, socket, subprocess, sys
LIBC = ctypes.CDLL(None, use_errno=True)

def check(result):
    if result:
        raise OSError(ctypes.get_errno(), "unshare")

def serve():
    check(LIBC.unshare(0x40000000))
    print("there", flush=True)
    sys.stdin.readline()
    for words in (["link", "set", "lo", "up"], ["addr", "add", "198.51.100.2/24", "dev", "far0"], ["link", "set", "far0", "up"]):
        subprocess.run(["ip", *words], check=True)
    server = socket.create_server(("198.51.100.2", 0))
    path = sys.argv[2]
    local = socket.socket(socket.AF_UNIX)
    local.bind(path)
    local.listen()
    print(server.getsockname()[1], flush=True)
    taken, _ = server.accept()
    near, _ = local.accept()
    print(json.dumps({"server": os.getpid(), "port": server.getsockname()[1], "listening": server.fileno(), "taken": taken.fileno(),
                      "near": near.fileno()}), flush=True)
    sys.stdin.read()

def connect():
    check(LIBC.unshare(0x40000000))
    child = subprocess.Popen([sys.executable, "-IS", "-c", sys.argv[1], sys.argv[1], sys.argv[2], "serve"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    child.stdout.readline()
    for words in (["link", "set", "lo", "up"], ["link", "add", "near0", "type", "veth", "peer", "name", "far0", "netns", str(child.pid)],
                  ["addr", "add", "198.51.100.1/24", "dev", "near0"], ["link", "set", "near0", "up"]):
        subprocess.run(["ip", *words], check=True)
    child.stdin.write("go\\n")
    child.stdin.flush()
    port = int(child.stdout.readline())
    client = socket.create_connection(("198.51.100.2", port), timeout=20)
    far = socket.socket(socket.AF_UNIX)
    far.connect(sys.argv[2])
    said = json.loads(child.stdout.readline())
    print(json.dumps({**said, "client": os.getpid(), "socket": client.fileno(), "far": far.fileno()}), flush=True)
    sys.stdin.read()
    child.stdin.close()
    child.wait()

try:
    serve() if "serve" in sys.argv else connect()
except (OSError, subprocess.CalledProcessError) as error:
    print(json.dumps({"skip": str(error)}), flush=True)
"""


class Networks:
    """client, server: processes in two network namespaces. socket and taken: the descriptors of the connection between them, listening: the
    server's; far and near: those of a unix connection. port: the server's. path: where its unix socket may be."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> Self:
        argv = [sys.executable, "-IS", "-c", PROGRAM, PROGRAM, self._path]
        self._program = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._program.stdout is not None
        self.said: dict[str, Any] = json.loads(self._program.stdout.readline() or '{"skip": "it ended"}')
        if "skip" in self.said:
            self.__exit__()
            pytest.skip(f"no two network namespaces here: {self.said['skip']}")
        return self

    def __getattr__(self, name: str) -> int:
        try:
            return int(self.__dict__["said"][name])
        except KeyError:
            raise AttributeError(name) from None

    def __exit__(self, *error: object) -> None:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.close()
        self._program.wait(timeout=20)
        self._program.stdout.close()
