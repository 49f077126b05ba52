"""What every engine must do on every kernel: by `make test` on this machine, by `make kernels` in emulated ones (tools/kernels.py).

A guest has Python, pytest and explorer, no other test's fixtures, and is slow: PROCDIVE_SLOWER is a factor of all deadlines.
PROCDIVE_REQUIRE_ENGINES makes a failure of what else is skipped: an engine that cannot be used.

known.py  a program that makes calls of many kinds     watched.py  what an engine told of it     holder.py  an engine in a process to kill
bpf.py    what of BPF is there                         inside.py   an engine in a pid namespace
"""
