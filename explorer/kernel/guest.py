"""A program that has the terminal meanwhile, and what it has started."""

import os
import signal
import subprocess
from typing import Final

PATIENCE: Final = 0.3
"""Seconds that it is waited for once it is told to end."""


def end(program: "subprocess.Popen[bytes]") -> None:
    """End it now, with what it has started, and wait a moment for that. Nothing where it has ended already."""
    if program.poll() is not None:
        return
    for pid in below(program.pid):
        try:
            os.kill(pid, signal.SIGTERM)
        except OSError:
            continue
    program.terminate()
    try:
        program.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        program.kill()


def below(pid: int) -> list[int]:
    """Its living children, and theirs."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    parent = int(file.read().rpartition(b")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
            children.setdefault(parent, []).append(int(name))
    found = list(children.get(pid, ()))
    for each in found:
        found += children.get(each, ())
    return found
