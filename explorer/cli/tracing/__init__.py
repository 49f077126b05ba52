"""The parts of procdive trace, procdive summary and procdive access.

letters.py  strace's letters that mean nothing here, or are refused     wish.py  what the options ask for
targets.py  whom it attaches to     run.py  attach or start, hand over, let go     lines.py  what is printed of a batch
summing.py  the run of a summary    asked.py  which rows and columns    counts.py  by the engine, or from rows
sums.py     counting, and the table in the end    live.py  a table drawn in its place    names.py  whose calls    both.py  strace -C
files.py    the files of a trace: the table, or each as it is opened
"""
