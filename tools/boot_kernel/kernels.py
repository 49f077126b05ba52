"""The kernels that can be booted."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Machine:
    """How qemu is such a computer. setup: it and its processor. console: the guest's name of the serial line."""

    qemu: str
    package: str
    setup: tuple[str, ...]
    console: str


# Processors without what only costs when it is emulated: five-level page tables, signed pointers.
MACHINES: Final = {
    "amd64": Machine("qemu-system-x86_64", "qemu-system-x86", ("-machine", "q35", "-cpu", "Nehalem"), "ttyS0"),
    "arm64": Machine("qemu-system-aarch64", "qemu-system-arm", ("-machine", "virt", "-cpu", "cortex-a72"), "ttyAMA0"),
}


@dataclass(frozen=True, slots=True)
class Kernel:
    """A Debian kernel. userland: the suite of everything else in the guest; a procdive wants Python 3.11, which bullseye lacks."""

    arch: str
    version: str
    suite: str
    userland: str

    @property
    def name(self) -> str:
        """As the command takes it."""
        return f"{self.version}-{self.arch}"

    @property
    def package(self) -> str:
        """The package that depends on the newest kernel of the suite."""
        return f"linux-image-{self.arch}"

    @property
    def machine(self) -> Machine:
        """What it runs on."""
        return MACHINES[self.arch]


SUITES: Final = (("5.10", "bullseye", "bookworm"), ("6.1", "bookworm", "bookworm"), ("6.12", "trixie", "trixie"))
KERNELS: Final = {kernel.name: kernel for arch in MACHINES for kernel in (Kernel(arch, *suite) for suite in SUITES)}
