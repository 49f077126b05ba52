"""Questions in place: what is asked before another process is changed, and menus. Tree and card stay visible meanwhile.

question.py   the area that they are made of        menu.py       one of a list
signal.py     nice.py     ioprio.py     affinity.py what act.py does
attach.py     before processes are stopped for a trace      letgo.py  before procdive ends while one runs
whole.py      a whole command line, to read         output.py     what a traced command wrote
"""
