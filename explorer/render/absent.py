"""A pane that has nothing to show says why."""

from explorer.model.absent import Absent
from explorer.model.missing import Missing, Reason
from explorer.render.absence import absence
from explorer.render.sheet import Sheet
from explorer.render.sizes import size
from explorer.render.states import state_words


def absent_sheet(facts: Absent | Missing, what: str, columns: int) -> Sheet:
    """what: the pane's subject, "Memory"."""
    if isinstance(facts, Missing):
        return Sheet(notes=absence(facts, what, columns))
    whose = f"{what} of {facts.process.pid} {facts.comm}".rstrip()
    known = []
    if facts.missing.reason is not Reason.GONE:
        if facts.state:
            known.append(f"it is {state_words(facts.state)}")
        if facts.rss:
            known.append(f"{size(facts.rss)} resident of {size(facts.vsize)} address space")
    missing = facts.missing
    if missing.reason is Reason.DENIED and facts.owner:
        why = f"{missing.detail} belongs to {facts.owner}; you are {facts.us}"
        cure = missing.cure if facts.us == "root" else f"sudo procdive {facts.process.pid}"
        missing = Missing(missing.reason, why, cure)
    return Sheet(notes=absence(missing, whose, columns, ["; ".join(known)] if known else []))
