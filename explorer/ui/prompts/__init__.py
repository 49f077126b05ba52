"""Questions in place: what is asked before another process is changed, and menus. Tree and card stay visible meanwhile.

    question.py   the area that they are made of        menu.py       one of a list
    signal.py     nice.py     ioprio.py     affinity.py what act.py does
    whole.py      a whole command line, to read
"""
