"""The shell command that shows the same."""

from shlex import quote

from explorer.model.opened import LARGEST_FIRST
from explorer.ui.machine.demand import Demand
from explorer.ui.machine.looking import LSOF


def shell(demand: Demand) -> str:
    """procdive fds, with the same filter and the same order; by rate nothing is sorted that is looked at once."""
    words = ["procdive", "fds"]
    if demand.places:
        words.append("--busy")
    if demand.sort not in {"process", "rate"} or (demand.descending and demand.sort == "process"):
        usual = demand.sort in LARGEST_FIRST
        words.append(f"--sort={'' if demand.descending is usual else '-' if demand.descending else '+'}{demand.sort}")
    if demand.text.strip():
        return " ".join([*words, "--filter", quote(LSOF.sub("i:", demand.text.strip()))])
    return " ".join([*words, "--all"])
