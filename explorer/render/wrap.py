"""Text over several lines."""

from explorer.render.width import cut, width


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns, broken at blanks; a word that is longer than a line is cut. "" is one empty line."""
    room, lines, line = max(1, columns), list[str](), ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [cut(one, room) for one in (*lines, line)]
