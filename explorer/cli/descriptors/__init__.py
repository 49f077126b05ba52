"""What procdive fds is made of.

letters.py  lsof's letters: those that select, those that mean nothing here, those that are refused
asked.py    what the options ask for: a selection, and of which processes
taken.py    the rows that are chosen, as they come, and what met nothing
plainly.py  the rows of all processes into a file or pipe, for less
order.py    --sort
table.py    rows under each other, or as JSON
"""
