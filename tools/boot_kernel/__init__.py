"""Another Linux kernel, booted in an emulated machine to run one command (tools/boot-kernel --help says how).

    kernels.py  which kernels there are          apt.py      Debian packages of any suite and architecture
    image.py    a kernel that qemu can load      root.py     what the guest finds when it wakes up
    cpio.py     the archives it is packed in     machine.py  qemu, and what the guest says
    init        process 1 of the guest           __main__.py the command

Packages are only unpacked: nothing of another architecture or suite runs on this machine, nothing but qemu is installed on it.
"""


class Failure(Exception):
    """Something that a person has to be told, in words, without a traceback."""
