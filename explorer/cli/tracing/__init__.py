"""The parts of procdive trace.

letters.py  strace's letters that mean nothing here, or are refused     wish.py  what the options ask for
targets.py  whom it attaches to     run.py  attach or start, print, let go     lines.py  what is printed of a batch
"""
