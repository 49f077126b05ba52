"""Whom a command watches, and how long: the options that trace, summary and access share."""

import argparse

from explorer.trace.engines import ENGINES


def add(parser: argparse.ArgumentParser, shown: str, lines: str) -> None:
    """shown: what shows it, "the trace", "the table"; lines: what --events counts."""
    written = "traced" if shown == "the trace" else "counted"
    parser.usage = f"{parser.prog} [OPTIONS] TARGET… | -p PID[,PID…] | --open FILE | -- COMMAND [ARGUMENT…]"
    parser.add_argument("targets", nargs="*", metavar="PID|NAME", help="process or thread id, or the name of processes")
    parser.add_argument("-p", "--attach", dest="pids", action="append", default=[], metavar="PID[,PID…]", help="these processes")
    parser.add_argument("--tree", action="store_true", help="their living descendants too")
    parser.add_argument("--no-follow", dest="follow", action="store_false", help="not what they start from now on")
    parser.add_argument("--open", metavar="FILE", help="a trace that was kept with procdive trace --json, instead of a process")
    parser.add_argument("--engine", choices=("auto", *(engine.name for engine in ENGINES)), default="auto", help="how to trace")
    parser.add_argument("--force", action="store_true", help=f"even what shows {shown}: its writes would be {written}, too")
    end = parser.add_argument_group("how long")
    end.add_argument("--seconds", type=seconds, metavar="S", help="let go after so long")
    end.add_argument("--events", type=count, metavar="N", help=f"let go after so many {lines}")


def seconds(text: str) -> float:
    """A time to trace for. Raises ValueError, which argparse turns into usage."""
    value = float(text)
    if not 0 < value <= 1e9:
        raise ValueError(text)
    return value


def count(text: str) -> int:
    """A number, 0 or more. Raises ValueError."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(text)
    return int(text)
