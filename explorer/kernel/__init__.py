"""Touches Linux; nothing else does. Bytes in, bytes out; what Linux refuses is raised as Unreadable, by errors.py only.

    procfs.py   /proc, reads that do not block       reader.py   reads that may hang, in a process that can be thrown away
    machine.py  machine-wide figures (psutil)        netlink.py  sock_diag and friends
    ptrace.py   what a tracer asks, stops and memory tracing.py  the process that traces
    spawn.py    a program of ours beside us          bpf/        programs of ours in the kernel
"""
