"""procdive stack: what each thread of a process does, since when, what it waits for, and its kernel stack."""

import argparse
import shutil
import time
from typing import Any

from explorer.cli.output import Output
from explorer.cli.targets import targets
from explorer.collect.samples import Samples
from explorer.collect.stacks import stacks
from explorer.model.missing import Missing
from explorer.model.stack import Stacks, Thread
from explorer.model.trace import Syscall
from explorer.render.piece import Role, piece
from explorer.render.record import record
from explorer.render.stack import Layout, group_row, groups, summary, thread_row
from explorer.render.strace import strace_text
from explorer.resolve.system import System

EXAMPLES = """examples:
  procdive stack 812               each thread: its system call, since when, what it waits for, its kernel stack
  procdive stack nginx             of all processes of that name
  procdive stack -t java           threads that wait in the same place together
  procdive stack -i 1 812          look twice, a second apart: CPU% too, and times that are sure
  procdive stack --json 812        one JSON object a thread

~ before a time: reckoned from the scheduler's own note of when the thread last ran. ≥: it began before we looked.
Nothing is attached and nothing is stopped. The kernel's stack is for root only, the rest for the owner too.
exit status: 0 done, 1 gone or may not be read, 2 wrong usage
"""
PIPED = 160
"""Columns where the output is no terminal."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("targets", nargs="*", metavar="PID|NAME", help="process or thread id, or the name of processes")
    parser.add_argument("-p", dest="pids", action="append", default=[], metavar="PID[,PID…]", help="these processes")
    parser.add_argument("-c", dest="names", action="append", default=[], metavar="NAME", help="processes of this name")
    parser.add_argument("-t", "--grouped", action="store_true", help="threads that wait in the same place as one row")
    parser.add_argument("-i", "--interval", type=seconds, default=0.0, metavar="SECONDS", help="look twice, so far apart: CPU%% too")


def seconds(text: str) -> float:
    """A time that can be waited. Raises ValueError, which argparse turns into usage."""
    value = float(text)
    if not 0 <= value <= 3600:
        raise ValueError(text)
    return value


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print them; the exit status."""
    if not (options.targets or options.pids or options.names):
        out.complain("of which process? procdive stack PID, or procdive stack NAME")
        return 2
    found = targets(system, options.targets, options.pids, options.names)
    for remark in (*found.remarks, *found.missing):
        out.complain(remark)
    samples, status = Samples(), 1 if found.missing else 0
    if options.interval:
        for pid in found.pids:
            stacks(system, pid, samples)
        time.sleep(options.interval)
    for number, pid in enumerate(found.pids):
        facts = stacks(system, pid, samples)
        if isinstance(facts, Missing):
            out.complain(facts)
            status = 1
            continue
        if out.json_lines:
            for thread in facts.threads:
                out.record(thread_record(facts, thread))
        else:
            show(facts, options, out, first=number == 0, several=len(found.pids) > 1)
        status = max(status, complain(facts, out))
    return status


def show(facts: Stacks, options: argparse.Namespace, out: Output, *, first: bool, several: bool) -> None:
    """The table, each row unfolded."""
    columns = shutil.get_terminal_size().columns if out.out.isatty() else PIPED
    if several:
        if not first:
            out.line(())
        out.line((piece(f"{facts.process.pid} {facts.comm}", Role.NAME),))
    layout = Layout(facts.threads, columns, cpu=bool(options.interval))
    out.line(layout.header())
    if options.grouped:
        rows = [group_row(group, layout, facts.process.pid) for group in groups(facts.threads)]
    else:
        rows = [thread_row(thread, layout, facts.process.pid) for thread in facts.threads]
    for row in rows:
        out.line(row.line)
        for below in row.unfold(columns) if row.unfold else ():
            out.line(below)
    out.line(summary(facts))


def complain(facts: Stacks, out: Output) -> int:
    """Say once what no thread lets us see; 1 where that is the calls themselves."""
    calls = next((thread.doing for thread in facts.threads if isinstance(thread.doing, Missing)), None)
    if calls is not None:
        out.complain(calls)
        return 1
    return 0


def thread_record(facts: Stacks, thread: Thread) -> dict[str, Any]:
    """One thread as an object of JSON."""
    made = record(thread)
    made["call"] = call_record(thread.call) if thread.call else None
    return {"pid": facts.process.pid, "process": facts.comm, **made}


def call_record(call: Syscall) -> dict[str, Any]:
    """Name, text as strace writes it, and each argument by name."""
    return {"name": call.name, "text": strace_text(call), "arch": call.arch, "args": {name: record(value) for name, value in call.args}}
