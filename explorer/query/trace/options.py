"""A command's options, strace's letters with strace's meaning."""

from collections.abc import Sequence

from explorer.query.processes import Wrong
from explorer.query.trace.draft import Draft
from explorer.query.trace.filter import TraceFilter
from explorer.query.trace.prompt import expression
from explorer.query.trace.words import Words


def options(
    words: Words, expressions: Sequence[str] = (), paths: Sequence[str] = (), slower: str = "", only: str = ""
) -> TraceFilter | Wrong:
    """expressions: each -e, in order; paths: each -P; slower: of --slower, 1ms; only: "successful" (-z) or "failed" (-Z). Never raises."""
    text = " ".join((*(f"-e {one}" for one in expressions), *(f"-P {path}" for path in paths)))
    draft = Draft(text, words)
    for one in expressions:
        wrong = expression(draft, one)
        if wrong:
            return wrong
    for path in paths:
        wrong = draft.file(path)
        if wrong:
            return wrong
    for kind, value in (("status", only), ("slower", slower)):
        wrong = draft.kind(kind, value) if value else None
        if wrong:
            return wrong
    return draft.done()
