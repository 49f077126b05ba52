"""Traces in the screen: begun, read, ended.

session.py   one trace and the thread that reads it     mailbox.py  what goes from that thread to the screen's
sessions.py  all of them, and which processes they trace
look.py      what has to be known before a process is attached to        kin.py  who we are, and who shows our screen
tracing.py   what the keys and the palette begin and end
"""
