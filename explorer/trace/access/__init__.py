"""Which files and sockets processes use, and what they do with them, from the events of an engine.

HOWTO. Once, with any thread calling anything of it at any time:
    access = Access(places(), tracer.epoch)
    access.begin(pids)                                                   whom we attach to: where they see their files
    tracer.attach(targets, Capture(calls=calls(), string=0, what=…))     "access" where the engine has it in COUNTS, else "stream"
    access.take(batch, tracer.call_of)                                   each batch
    access.rows(sort, by=…, start=…, stop=…)                             model.access.FileUse, as it is now; access.count: how many
    access.unseen()                                                      model.access.Unseen: of whom not all can be seen, and what

    access.py  Access                          calls.py   what a call means for the files     plan.py    which registers say it
    table.py   the files that have a row       rows.py    a file, and what a process did with it
    names.py   names made whole                place.py   where a process sees its files      whose.py   … followed through births and calls
    peers.py   addresses of sockets, as calls name them                                        quick.py   a descriptor's name from a payload
"""

from explorer.trace.access.access import Access, Mapped
from explorer.trace.access.calls import Opening
from explorer.trace.access.place import NOWHERE, Place, places
from explorer.trace.access.plan import calls, told
from explorer.trace.access.plan import places as placing

__all__ = ["NOWHERE", "Access", "Mapped", "Opening", "Place", "calls", "places", "placing", "told"]
