"""BPF: programs of ours in the kernel, compiled beforehand, loaded by the machine's own libbpf.so.1.

    libbpf.py    the functions of libbpf.so.1 that are used, loaded late; what it says is kept, never printed
    object.py    Object: one compiled file, its maps and programs, from loaded to closed
    compiled.py  the objects that come with procdive: *.bpf.c, compiled by tools/bpf_objects.py (make bpf)
    support.py   whether programs run here, or what is lacking; trial.bpf.c is the one that is tried
    lanes.py     Lanes: records that programs write straight into memory that we map, a lane for each processor
    missed.py    runs of programs that the kernel left out
    walks.py     Walks: all processes and all open files, told by iterators (files.bpf.c); nothing of them runs but while one reads
    ring.py      Ring: what programs put into a ring buffer, taken in batches without a system call

How to run programs:

    with Object(raw, constants=…, sizes={"ring": 8 << 20}) as loaded:
        settings = loaded.memory(".data.settings")    # live: what is written here the programs read at once, and back
        ring = Ring(loaded.fd("ring"), 8 << 20)
        loaded.attach()                               # from here on they run, for every process of the machine
        raw, offsets = ring.take(1 << 20)

Nothing is pinned: when this process ends, however it ends, the kernel drops links, programs and maps.
"""
