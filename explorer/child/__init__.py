"""Programs that run beside us, each for a reason that our own process could not survive.

    tracer/     traces by ptrace; kernel/tracing.py starts it, trace/ptrace.py reads what it tells
    reader.py   reads what may hang for ever; kernel/reader.py starts it and throws it away
    copy.py     copies somebody's file while its process may end; kernel/copying.py starts it
    pager.py    opens somebody's file, that one and no other, and becomes the pager; kernel/pager.py starts it

They import nothing of explorer where they can do without, so that they start in milliseconds.
"""
