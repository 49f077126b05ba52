"""The rows: registered, complete, with as many arguments as the kernel takes."""

import pkgutil
from importlib import import_module

import pytest

from explorer.decode.syscall import numbers, signatures
from explorer.decode.syscall.call import Signature, Wide
from explorer.decode.syscall.signatures import FAMILIES, families, signature

FILES = sorted(found.name for found in pkgutil.iter_modules(signatures.__path__))
FEWER = {
    "bpf": "Linux 7.x takes two more for its log, which the manual page does not have",
    "send": "of socketcall only",
    "recv": "of socketcall only",
}


def rows(family: str) -> dict[str, Signature]:
    found: dict[str, Signature] = import_module(f"explorer.decode.syscall.signatures.{family}").ROWS
    return found


def test_every_file_is_a_family() -> None:
    assert sorted(FAMILIES) == FILES


@pytest.mark.parametrize("family", FILES)
def test_every_row_is_registered_under_its_family(family: str) -> None:
    assert {name.partition("@")[0] for name in rows(family)} == set(FAMILIES[family].split())


def test_no_call_stands_in_two_families() -> None:
    listed = [name for names in FAMILIES.values() for name in names.split()]
    assert len(listed) == len(set(listed))


def test_at_least_the_everyday_calls() -> None:
    assert len(families()) >= 370


@pytest.mark.parametrize("arch", [*numbers.ARCHES, "x32"])
def test_as_many_arguments_as_the_kernel_takes(arch: str) -> None:
    odd = {}
    for name in families():
        known = numbers.arguments(name, arch)
        if name not in numbers.numbers(arch) or known is None or name in FEWER:
            continue
        row = signature(name, arch)
        registers = sum(2 if isinstance(printer, Wide) and (printer.always or arch == "i386") else 1 for printer in row.arguments.values())
        if registers != len(known):
            odd[name] = (registers, known)
    assert odd == {}


def test_every_row_is_of_a_call_and_says_what_it_does() -> None:
    known = set().union(*(numbers.numbers(arch) for arch in numbers.ARCHES)) | set(FEWER)
    for family in FILES:
        for name, row in rows(family).items():
            call, _, arch = name.partition("@")
            assert call in known
            assert not arch or arch in numbers.ARCHES
            assert row.summary
            assert not row.summary.endswith(".")


def test_a_row_of_one_architecture() -> None:
    assert list(signature("clone", "x86_64").arguments)[3] == "child_tid"
    assert list(signature("clone", "aarch64").arguments)[3] == "tls"


def test_what_no_family_has_is_made_from_the_prototype() -> None:
    row = signature("quotactl_fd", "x86_64")
    assert list(row.arguments) == ["fd", "cmd", "id", "addr"]
    assert len(signature("tuxcall", "x86_64").arguments) == 6
