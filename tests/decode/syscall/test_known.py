"""What is known of a call before it is made."""

from explorer.decode.syscall.known import known


def test_types_are_the_kernels_and_names_the_manuals() -> None:
    facts = known("rt_sigsuspend", "x86_64", 130)
    assert facts.arguments == (("mask", "sigset_t *"), ("sigsetsize", "size_t"))
    assert facts.numbers == {"x86_64": 130, "i386": 179, "aarch64": 133}
    assert facts.others == {"i386": "get_kernel_syms", "aarch64": "tkill"}


def test_two_registers_that_make_one() -> None:
    assert known("pread64", "i386").arguments == (("fd", "unsigned int"), ("buf", "char *"), ("count", "u32"), ("offset", "loff_t"))


def test_where_only_another_architecture_has_it() -> None:
    facts = known("socketcall", "x86_64")
    assert (facts.arch, facts.numbers) == ("i386", {"i386": 102})


def test_the_same_call_elsewhere_is_no_other() -> None:
    assert known("openat", "x86_64", 257).others.get("x86_64") is None
    assert known("tuxcall", "x86_64").arguments is None
