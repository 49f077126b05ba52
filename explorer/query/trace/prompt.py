"""A line of the screen's prompt."""

import re
from typing import Final

from explorer.query.processes import Wrong
from explorer.query.trace import kinds
from explorer.query.trace.draft import KEYS, Draft
from explorer.query.trace.filter import STATUSES, TraceFilter
from explorer.query.trace.words import Words

TERM: Final = re.compile(r'!*(?:[a-z-]+[=:])?(?:"[^"]*"?|[^\s"]\S*)|!+|"')
KEYED: Final = re.compile(r"(!*)([a-z-]+)([=:])(.*)", re.DOTALL)


def parse(text: str, words: Words) -> TraceFilter | Wrong:
    """The filter that a line means; an empty line wants everything. Never raises."""
    draft = Draft(text, words)
    terms = iter(TERM.findall(text))
    for term in terms:
        if term in {"-e", "-P"}:
            value = next(terms, "").strip('"')
            wrong = draft.file(value) if term == "-P" else expression(draft, value)
        else:
            wrong = bare(draft, term)
        if wrong:
            return wrong
    return draft.done()


def expression(draft: Draft, value: str) -> Wrong | None:
    """What stands behind -e: KEY=VALUE, or calls."""
    key, equals, rest = value.partition("=")
    if equals and key in KEYS:
        return draft.key(key, rest)
    return draft.trace(value, alone=True)


def bare(draft: Draft, term: str) -> Wrong | None:
    """One term of the line."""
    keyed = KEYED.fullmatch(term)
    if keyed and len(keyed[2]) > 1 and keyed[2] in KEYS:
        return draft.key(keyed[2], keyed[1] + keyed[4].strip('"'))
    word = term.lstrip("!")
    denied = bool((len(term) - len(word)) % 2)
    if word.startswith('"'):
        return draft.text(word.strip('"'), denied=denied)
    if word in {"-z", "-Z"}:
        return draft.kind("status", "successful" if word == "-z" else "failed")
    if word == "failed":
        draft.failed(denied=denied)
        return None
    if word in STATUSES:
        return draft.kind("status", "!" * denied + word)
    if calls_meant(word, draft.words):
        return draft.trace("!" * denied + word, alone=False)
    return draft.text(word, denied=denied)


def calls_meant(word: str, words: Words) -> bool:
    """Whether a bare word speaks of calls: names, classes; one that is known is enough where commas stand between them."""
    if word.startswith("/"):
        return False
    if word.startswith("%"):
        return True
    items = [item.lstrip("?") for item in word.split(",") if item]
    return word in {"all", "none"} or any(item in words.calls or item in words.classes or kinds.UNNAMED.fullmatch(item) for item in items)
