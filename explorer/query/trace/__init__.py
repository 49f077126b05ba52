"""The filter language of traces: strace's -e expressions and ours beside them, text → TraceFilter.

    openat,read  %file  !futex      these calls, those of a class, not that one (`trace=` may stand before them)
    trace=/^open  trace=?name       a regular expression; no error where there is no such call
    failed                          with an error that is more than "not now" (EAGAIN, EINTR, EINPROGRESS, EALREADY, restarts)
    status=failed,unfinished        strace's: every error counts; successful, unavailable and detached too
    errno=ENOENT  fd=7  tid=812  pid=812  signal=SIGCHLD        lists with commas, `!` before one denies it
    path=/etc                       a path or a descriptor under it      -P /etc/passwd     exactly that one
    slower=1ms                      took so long or longer
    index.html  "two words"         that text in the line; capitals count once one is typed      text=… likewise

Kinds are ANDed; of one kind the last one counts, as in strace. Only what stands bare adds up: `read write !%desc`.

    words.py    what a text may name: calls, classes, errors, signals     choice.py  a set, or all but it
    filter.py   what a text asks for, plain data                          kinds.py   one KEY=VALUE, understood
    prompt.py   a line of the screen          options.py  strace's options          regex.py   names by a regular expression
"""

from explorer.query.processes import Wrong
from explorer.query.trace.choice import Choice
from explorer.query.trace.filter import Term, TraceFilter
from explorer.query.trace.options import options
from explorer.query.trace.prompt import parse
from explorer.query.trace.words import Words

__all__ = ["Choice", "Term", "TraceFilter", "Words", "Wrong", "options", "parse"]
