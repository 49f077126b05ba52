"""docs/json.md is what the facts are now, and names every key that is printed."""

import os
import re
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from explorer.cli import COMMANDS
from explorer.cli.sections import SECTIONS
from tests.commands import run
from tools.json_page import PAGE, made

TEXT = PAGE.read_text()
HELD = PAGE.open()
WAYS = {
    "ps": ["ps"],
    "fds": ["fds", "self"],
    "peek": ["peek", "self", str(HELD.fileno())],
    "stack": ["stack", "self"],
    "who": ["who", "/dev/null"],
    "show": ["show", "self", *(section.name for section in SECTIONS)],
    "access": ["access", "-o", "-", "--", "sh", "-c", "kill -USR1 $$"],
    "syscall": ["syscall", "openat"],
    "doctor": ["doctor"],
    "summary": ["summary", "--engine", "ptrace", "-o", "-", "--by", "thread", "--", "true"],
    "trace": ["trace", "-o", "-", "--", "sh", "-c", "true & wait; kill -USR1 $$"],
}
BY_NAME = {"args", "fields", "numbers", "others", "capability_names", "touches", "failures"}
"""Objects whose keys are names of their own: of arguments, of architectures."""


def keys(record: Any) -> Iterator[str]:
    """Ours; what Linux writes with a capital (VmRSS, AT_BASE) is its own."""
    if isinstance(record, dict):
        for key, value in record.items():
            if key[:1].islower():
                yield key
            yield from keys(list(value.values()) if isinstance(value, dict) and key in BY_NAME else value)
    elif isinstance(record, list):
        for value in record:
            yield from keys(value)


def test_the_page_is_current() -> None:
    assert made(TEXT) == TEXT, "make completions"


def test_every_link_leads_somewhere() -> None:
    titles = [line.lstrip("# ").lower() for line in TEXT.splitlines() if line.startswith("#")]
    headings = {re.sub(r"[^a-z0-9 -]", "", title).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings


def test_every_command_and_section_is_described() -> None:
    assert {command.name for command in COMMANDS} == set(WAYS)
    for name in WAYS:
        assert f"## `procdive {name} --json`" in TEXT
    for section in SECTIONS:
        assert f"`{section.name}`" in TEXT


@pytest.mark.parametrize("name", WAYS)
def test_every_key_that_is_printed_is_described(name: str) -> None:
    command, *words = WAYS[name]
    done = run(command, "--json", *(str(os.getpid()) if word == "self" else word for word in words))
    assert done.status == (128 + signal.SIGUSR1 if name in {"trace", "access"} else 0)
    printed = {key for record in done.records for key in keys(record) if not key.endswith("_hex")}
    assert {key for key in printed if f"`{key}`" not in TEXT and f'"{key}"' not in TEXT} == set()
