"""Pure: bytes → facts. No files, no sockets, no ctypes, no clocks.

    proc/     one file for each file of /proc      fd/         one file a kind of descriptor
    syscall/  the one decoder of every engine      constants/  tables, one a file, each naming its kernel header
    netlink/  sock_diag answers

A decoder never raises on odd input: unknown bits show in hex, unknown keys are kept, short memory shows as an address.
"""
