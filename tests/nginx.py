"""A real nginx on loopback: a master and two workers, everything of theirs in a folder that goes away with them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.loopback import answers, free_port, until

CONF = """
daemon off;
{user}
worker_processes 2;
error_log {prefix}/error.log;
pid {prefix}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    access_log {prefix}/access.log;
    client_body_temp_path {prefix}/body; proxy_temp_path {prefix}/proxy; fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi; scgi_temp_path {prefix}/scgi;
    sendfile on;
    server {{ listen 127.0.0.1:{port}; root {prefix}/www; }}
}}
"""
SERVED = "<!doctype html><title>procdive</title>" + "x" * 4000


def children(pid: int) -> list[int]:
    """The processes whose parent that is."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if int(Path(f"/proc/{name}/stat").read_bytes().rpartition(b")")[2].split()[1]) == pid:
                found.append(int(name))
        except OSError:
            pass
    return found


class Nginx:
    """`with Nginx() as nginx:` — port, master and workers (their pids). uid: who runs it; as root the workers are www-data."""

    def __init__(self, uid: int | None = None) -> None:
        self.uid = uid
        self.prefix = Path(tempfile.mkdtemp(prefix="nginx-"))
        self.port = 0
        self.master = 0
        self.workers: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        for attempt in range(5):
            try:
                return self._start()
            except AssertionError:
                self.stop()
                if attempt == 4:
                    raise
                self.prefix = Path(tempfile.mkdtemp(prefix="nginx-"))
        raise AssertionError

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/index.html"

    def load(self, seconds: int = 2, connections: int = 4, delay: int = 0) -> subprocess.Popen[bytes]:
        """wrk, for so many seconds, with so many milliseconds before each request; wait for it or kill it."""
        paced = self.prefix / "delay.lua"
        paced.write_text(f"function delay() return {delay} end\n")
        argv = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *(["-s", str(paced)] if delay else []), self.url]
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def _start(self) -> Self:
        self.port = free_port()
        (self.prefix / "www").mkdir()
        (self.prefix / "www/index.html").write_text(SERVED)
        as_root = os.geteuid() == 0 and not self.uid
        conf = self.prefix / "nginx.conf"
        conf.write_text(CONF.format(user="user www-data;" if as_root else "", prefix=self.prefix, port=self.port))
        self.prefix.chmod(0o755)
        owner: dict[str, int | list[int]] = {}
        if self.uid:
            gid = pwd.getpwuid(self.uid).pw_gid
            owner = {"user": self.uid, "group": gid, "extra_groups": []}
            for path in (self.prefix, *self.prefix.rglob("*")):
                os.chown(path, self.uid, gid)
        self._process = subprocess.Popen(
            [str(shutil.which("nginx")), "-p", str(self.prefix), "-c", str(conf), "-e", str(self.prefix / "error.log")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **owner,  # type: ignore[call-overload]
        )
        self.master = self._process.pid
        self.workers = until(self._two_workers, "nginx's two workers")
        until(lambda: answers(self.port), "nginx to listen")
        return self

    def _two_workers(self) -> tuple[int, ...]:
        assert self._process.poll() is None, (self.prefix / "error.log").read_text()
        workers = tuple(sorted(pid for pid in children(self.master) if b"worker process" in Path(f"/proc/{pid}/cmdline").read_bytes()))
        return workers if len(workers) == 2 else ()

    def stop(self) -> None:
        """End it and take its folder away."""
        if hasattr(self, "_process"):
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                for pid in (*self.workers, self.master):
                    os.kill(pid, 9)
                self._process.wait()
        shutil.rmtree(self.prefix, ignore_errors=True)
