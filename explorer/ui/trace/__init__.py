"""Traces in the screen: begun, read, shown, ended.

session.py   one trace and the thread that reads it     mailbox.py  what goes from that thread to the screen's
sessions.py  all of them, and which processes they trace
look.py      what has to be known before a process is attached to        kin.py  who we are, and who shows our screen
tracing.py   what the keys and the palette begin and end
panel.py     the area: area.py, and its keys in opening.py, hiding.py and finding.py; all keys are listed in keys.py
watched.py   how one trace is looked at     rows.py  its lines as positions     header.py  empty.py  what stands above them, or instead
seek.py      going through a log a little at a time     uses.py  what a call is about     narrowing.py  filters that keys make
"""
