"""Marking what a search found in a line."""

from itertools import pairwise

from explorer.render.piece import Line, Piece, Role, plain


def found(line: Line, words: str) -> bool:
    """Whether the line has the words, in any case."""
    return words.casefold() in plain(line).casefold()


def marked(line: Line, words: str) -> Line:
    """The line with every occurrence as a hit, also across pieces."""
    text, wanted = plain(line).casefold(), words.casefold()
    if not wanted or wanted not in text or len(text) != len(plain(line)):
        return line
    hits, at = [], text.find(wanted)
    while at >= 0:
        hits.append((at, at + len(wanted)))
        at = text.find(wanted, at + len(wanted))
    out, start = [], 0
    for part in line:
        cuts = {0, len(part.text)}
        for begin, end in hits:
            cuts.update(cut - start for cut in (begin, end) if start < cut < start + len(part.text))
        ordered = sorted(cuts)
        for left, right in pairwise(ordered):
            inside = any(begin <= start + left < end for begin, end in hits)
            out.append(Piece(part.text[left:right], Role.HIT if inside else part.role))
        start += len(part.text)
    return tuple(out)
