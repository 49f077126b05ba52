"""System V: a semaphore set, a message queue, and who was there last."""

import struct
from typing import Final

from explorer.collect.waits.blocked import Blocked, party, signed
from explorer.model.missing import Unreadable
from explorer.model.stack import Wait

MESSAGES: Final = frozenset({"msgrcv", "msgsnd"})


def find(blocked: Blocked) -> Wait | None:
    """semop, msgrcv, msgsnd on the set or queue of that id, as /proc/sysvipc lists it (proc_sysvipc(5))."""
    call, number = blocked.name, signed(blocked.args[0])
    if call in MESSAGES:
        queue = row(blocked, "msg", number)
        verb = "a message in" if call == "msgrcv" else "room in"
        last = int(queue.get("lspid" if call == "msgrcv" else "lrpid", "0")) if queue else 0
        text = f"waits for {verb} message queue {number}"
        if queue:
            text += f", which holds {queue.get('qnum', '?')}"
        if last and blocked.glance.stat(last):
            whose = "sent to" if call == "msgrcv" else "took from"
            who = party(blocked.glance, last, "peer")
            return Wait("sysv", text, (f"{blocked.glance.named(last)} was the last that {whose} it",), (who,))
        return Wait("sysv", text)
    raw = blocked.glance.memory.read(blocked.args[1], 6 * min(blocked.args[2], 64))
    asked = []
    for at in range(0, len(raw) - 5, 6):
        which, change, _ = struct.unpack_from("=HhH", raw, at)
        asked.append(f"number {which}" + (f" to take {-change}" if change < 0 else " to become 0" if change == 0 else ""))
    due, most = blocked.left(blocked.time_at(blocked.args[3])) if blocked.name.startswith("semtimedop") else (None, False)
    return Wait("sysv", f"waits for semaphore set {number}" + (f": {asked[0]}" if len(asked) == 1 else ""), due=due, due_most=most)


def row(blocked: Blocked, table: str, number: int) -> dict[str, str]:
    """The line of an id in /proc/sysvipc/TABLE by its titles; {} where it is not there."""
    try:
        lines = blocked.glance.system.proc.read("sysvipc", table).decode("ascii", "replace").splitlines()
    except Unreadable:
        return {}
    titles = lines[0].split() if lines else []
    for line in lines[1:]:
        words = line.split()
        if len(words) == len(titles) > 1 and words[1] == str(number) and all(word.lstrip("-").isdigit() for word in words):
            return dict(zip(titles, words, strict=True))
    return {}
