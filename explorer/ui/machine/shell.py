"""The shell command that shows the same."""

import re
from shlex import quote
from typing import Final

from explorer.query.descriptors import INET
from explorer.query.processes import TERM
from explorer.ui.machine.demand import Demand
from explorer.ui.machine.looking import LSOF

OPTIONS: Final = {"user": "-u", "comm": "-c", "pid": "-p", "i": "-i"}
KEYED: Final = re.compile(r"(user|comm|pid|i):(.+)", re.DOTALL)


def shell(demand: Demand) -> str:
    """procdive fds, with lsof's options where the filter has such terms; for its other terms, grep."""
    options: list[str] = []
    words: list[str] = []
    for match in TERM.finditer(LSOF.sub("i:", demand.text)):
        term = match.group()
        keyed = KEYED.fullmatch(term)
        if keyed is not None:
            options += [OPTIONS[keyed[1]], quote(keyed[2].strip('"'))]
        elif INET.fullmatch(term):
            options += ["-i", quote(term)]
        else:
            body = term.removeprefix("!")
            body = body.partition(":")[2] or body
            words.append(f" | grep -i{'v' * term.startswith('!')} -e {quote(body.strip(chr(34)))}")
    chosen = [*(["-a"] if len(options) > 2 else []), *options] or ["--all"]
    return " ".join(("procdive", "fds", *chosen)) + "".join(words)
