"""Tables of the kernel's constants, one a file, each naming the header that it is from.

    NAMES: dict[int, str]   value → name, in the order in which strace writes the bits
Printers of system call arguments use them (decode/syscall/args), and whoever else decodes the same bits.
"""
