"""The script that makes the tables of system calls, on a small tree."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "tools" / "make_syscall_tables.py"


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_syscall_tables", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_lines_of_a_table(tables: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "x.tbl"
    path.write_text(
        "# comment\n0\tcommon\tread\t\tsys_read\n177\t64\tget_kernel_syms\n"
        "178\t64\tx\tsys_x\tcompat_sys_x\n9\ti386\texit\tsys_exit\t-\tnoreturn\n"
    )
    assert [tuple(entry) for entry in tables.entries(path)] == [
        (0, "common", "read", "sys_read", ""),
        (177, "64", "get_kernel_syms", "", ""),
        (178, "64", "x", "sys_x", "compat_sys_x"),
        (9, "i386", "exit", "sys_exit", ""),
    ]


def test_prototypes(tables: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "fs"
    folder.mkdir()
    (folder / "a.c").write_text(
        "SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)\n{\n}\n"
        "SYSCALL_DEFINE0(getpid)\n{\n}\n"
        "COMPAT_SYSCALL_DEFINE3(truncate64, const char __user *, pathname,\n\t\tcompat_arg_u64_dual(length))\n{\n}\n"
        "SYSCALL_DEFINE2(odd, const void __user * __user *, pages, /* why */ int, flags)\n{\n}\n"
    )
    assert tables.prototypes(tmp_path) == {
        "sys_read": ["unsigned int fd, char * buf, size_t count"],
        "sys_getpid": [""],
        "compat_sys_truncate64": ["const char * pathname, u32 length_lo, u32 length_hi"],
        "sys_odd": ["const void * * pages, int flags"],
    }


def test_removed_calls_keep_their_manual_page(tables: ModuleType) -> None:
    entry = tables.Entry(177, "64", "create_module", "", "")
    assert tables.arguments_of("x86_64", entry, {}) == "const char * name, size_t size"
    assert tables.arguments_of("x86_64", tables.Entry(1, "64", "tuxcall", "", ""), {}) is None
