"""The engine that stops nobody: system calls by BPF programs (kernel/bpf/tracer.bpf.c).

    layout.py   where things lie in the memory that we share with the programs    table.py   what of each call they take
    rows.py     their records as a Batch, columns made when asked for             names.py   what a descriptor is, as they tell it
    flights.py  the calls that threads are in now                                 counts.py  what they counted: tallies and uses
    programs.py they as they are loaded, their settings    refusal.py  whom they do not trace
    sockets.py  the addresses of sockets, as they tell them
    engine.py   the Tracer

All of it hangs on descriptors of this process: when it ends, however it ends, the kernel takes the programs away. A record's
descriptors are identities; the first record that has one comes behind a record with its name, read in the kernel at that moment
from the directory entry itself, so a name is never that of a later file.
"""
