"""What a person filters by: a text in the language of query/processes.py, and one user."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from explorer.model.snapshot import Process
from explorer.query.processes import Filter, Wrong, parse
from explorer.render.printable import printable
from explorer.render.width import cut

LONGEST: Final = 24
"""Columns of it in a header."""


@dataclass(frozen=True, slots=True)
class Wish:
    """text: as it was typed. filter: what it means; None where it means nothing, for the reason in wrong. user: "" for everybody."""

    text: str = ""
    filter: Filter | None = None
    user: str = ""
    wrong: str = ""

    @property
    def wanted(self) -> Callable[[Process], bool] | None:
        """What View.wanted takes."""
        chosen, user = self.filter, self.user
        if not user:
            return chosen
        if chosen is None:
            return lambda p: p.user == user
        return lambda p: p.user == user and chosen(p)

    @property
    def words(self) -> str:
        """How it is named: "filter nginx", "user app", both; "" for no wish."""
        named = [f"user {cut(printable(self.user), LONGEST)}"] if self.user else []
        if self.text.strip():
            named.append(f"filter {cut(printable(self.text.strip()), LONGEST)}")
        return " ".join(named)


def wish(text: str, user: str = "", before: Wish | None = None) -> Wish:
    """What a text and a user ask for. A text that is no filter (yet) leaves the last one on."""
    if not text.strip():
        return Wish("", None, user)
    meant = parse(text)
    if isinstance(meant, Wrong):
        return Wish(text, before.filter if before is not None else None, user, meant.message)
    return Wish(text, meant, user)
