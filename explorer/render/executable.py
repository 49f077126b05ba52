"""What a process runs, on one line."""

from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing, Reason
from explorer.render.missing import short
from explorer.render.piece import Line, Role, piece
from explorer.render.width import cut_middle, width


def executable_line(found: Executable | Missing, columns: int = 1 << 16, *, brief: bool = False) -> Line:
    """Its path, cut in the middle where there is no room, and what became of the file, which never is. brief: in one word."""
    if isinstance(found, Missing):
        return absent(found)
    words = [text.split(" ")[0].rstrip(",") for text in fate_words(found)][:1] if brief else fate_words(found)
    room = columns - sum(2 + width(text) for text in words)
    path = piece(found.path or "(no name)", Role.TEXT if found.fate is Fate.PRESENT else Role.MIND)
    cut = cut_middle(path.text, max(room, 8))
    return (piece(cut, path.role), *(piece(f"  {text}", Role.MIND) for text in words))


def fate_words(found: Executable) -> list[str]:
    """Nothing for a file that is where it was."""
    words = []
    if isinstance(found.fate, Missing):
        words.append("did not answer" if found.fate.reason is Reason.TIMED_OUT else "on disk: " + found.fate.reason.value)
    elif found.fate is not Fate.PRESENT:
        words.append(found.fate.value)
    if found.script:
        words.append(f"script {found.script}")
    if found.moved:
        words.append(f"moved, was {found.started_as}")
    elif found.started_as and found.fate is Fate.PRESENT:
        words.append(f"started as {found.started_as}, another file now")
    return words


def absent(found: Missing) -> Line:
    """Where there is none, the words say it all; else the reason."""
    if found.reason in {Reason.UNSUPPORTED, Reason.GONE} and found.detail.startswith("a "):
        return (piece(f"none: {found.detail}", Role.SECONDARY),)
    return short(found)
