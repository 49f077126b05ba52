"""Traces in the screen: begun, read, shown, ended.

session.py   one trace and the thread that reads it     mailbox.py  what goes from that thread to the screen's
sessions.py  all of them, and which processes they trace
look.py      what has to be known before a process is attached to        kin.py  who we are, and who shows our screen
tracing.py   what the keys and the palette begin and end                 notice.py  what has to be known of the engine
panel.py     the area, shown.py which trace and which tab it shows: lines, summary.py, access.py; all keys are listed in keys.py
             lines: area.py, and its keys in opening.py, hiding.py and finding.py
             tables: table.py, and the keys of both in sifting.py; standing.py how one is looked at; counting.py what it is made from
watched.py   how one trace is looked at     rows.py  its lines as positions     header.py  empty.py  what stands above them, or instead
seek.py      going through a log a little at a time     uses.py  what a call is about     narrowing.py  sieve.py  filters
pace.py      calls and costs a second       comms.py  names of processes that are counted        saving.py  into a file
"""
