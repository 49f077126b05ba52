"""The card: what is said of the selected process at every size (its command, executable, what it does now)."""

from typing import Final

from explorer.model.card import Card, Gone
from explorer.model.missing import Missing
from explorer.render.absence import gone_card
from explorer.render.command import command_words
from explorer.render.executable import executable_line
from explorer.render.missing import sentence, short
from explorer.render.now import now_line, spread, waits_line
from explorer.render.owner import owner_words
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.process import shell_word
from explorer.render.states import exit_words, state_piece
from explorer.render.times import duration
from explorer.render.width import cut, cut_middle, fit, width

EXE: Final = Piece("exe ", Role.SECONDARY)
CWD: Final = Piece("cwd ", Role.SECONDARY)
BY: Final = Piece("by ", Role.SECONDARY)
WITH_FOLDER: Final = 100
"""Columns from which on the executable's line has the working directory too."""
DOT: Final = Piece(" · ", Role.SECONDARY)


def card_lines(card: Card | Gone | Missing, columns: int, rows: int, *, ruled: bool = False) -> list[Line]:
    """Exactly `rows` lines of at most so many columns: 2, 3, 4 or 6; of another number as many as fit.

    ruled: a rule above it says user, state, age and parent (card_rule), so the card does not.
    """
    lines = [fit(line, columns) for line in said(card, columns, rows, ruled=ruled)]
    return (lines + [()] * rows)[: max(0, rows)]


def said(card: Card | Gone | Missing, columns: int, rows: int, *, ruled: bool) -> list[Line]:
    """The lines, best first where there are too many."""
    if isinstance(card, Missing):
        return [sentence(card)]
    if isinstance(card, Gone):
        return gone_card(card, columns, rows)
    if rows == 1:
        return [now_line(card.now, columns)]
    if rows == 2:
        return [named(card, columns, ruled=ruled), now_line(card.now, columns)]
    command = command_lines(card, columns, 2 if rows >= 4 else 1, right=() if ruled else whose(card))
    waits = waits_line(card.now, columns)
    lines = [*command, executable(card, columns, ruled=ruled, folder=rows < 6)]
    if rows >= 6 and len(lines) + 2 + bool(waits) < rows:
        lines.append(folders(card, columns))
    if rows >= 6 and card.parents and len(lines) + 1 + bool(waits) < rows:
        lines.append(lineage(card, columns))
    lines.append(now_line(card.now, columns))
    if waits and len(lines) < rows:
        lines.append(waits)
    return lines


def card_rule(card: Card | Gone | Missing | None, columns: int, *, alone: bool = False) -> Line:
    """The rule above the card in a narrow terminal, exactly so many columns: user, state, age and parent near its right end.

    alone: one line follows (now): the rule has pid and executable instead, at its left end.
    """
    if card is None or isinstance(card, Missing) or columns < 8:
        return (Piece("─" * columns, Role.RULE),)
    if alone:
        head = fit(small_name(card, columns - 4), columns - 4)
        return (Piece("─ ", Role.RULE), *head, Piece(" " + "─" * max(0, columns - 3 - size(head)), Role.RULE))
    right = fit(whose(card) if isinstance(card, Gone) else (*whose(card), *parent(card, DOT)), columns - 4)
    return (Piece("─" * max(0, columns - size(right) - 3) + " ", Role.RULE), *right, Piece(" ─", Role.RULE))


def size(line: Line) -> int:
    """Columns of a line."""
    return sum(width(part.text) for part in line)


def small_name(card: Card | Gone, columns: int) -> Line:
    """`812 /usr/sbin/nginx  replaced on disk`; the name alone of what has no executable."""
    if isinstance(card, Gone):
        return (piece(f"{card.process.pid} ", Role.GONE), piece(card.card.comm if card.card else "", Role.GONE), piece(" ended", Role.MIND))
    pid = piece(f"{card.process.pid} ", Role.NAME)
    if isinstance(card.executable, Missing):
        return (pid, piece(command_words(card, longest=columns)[0], Role.NAME))
    return (pid, *executable_line(card.executable, columns - width(pid.text), brief=True))


def named(card: Card, columns: int, *, ruled: bool) -> Line:
    """The first of two lines."""
    right = () if ruled else whose(card)
    room = columns - size(right) - 2
    if room < 20:
        return fit(small_name(card, columns), columns)
    return beside(fit(small_name(card, room), room), right, columns)


def command_lines(card: Card, columns: int, most: int, right: Line) -> list[Line]:
    """The command; one that is too long for a line takes two where there are two, cut in its middle: its end names the job."""
    name, rest = command_words(card, longest=4 * columns)
    full = with_end(card, f"{card.process.pid} {piece(name).text}{piece(rest).text}", columns)
    if isinstance(card.argv, Missing):
        reason = (Piece("  command line ", Role.SECONDARY), *short(card.argv))
        return [beside(fit((piece(f"{card.process.pid} {name}", Role.NAME), *reason), columns - size(right) - 2), right, columns)]
    head = width(f"{card.process.pid} {piece(name).text}")
    room = columns - size(right) - (2 if right else 0)
    if room < 16:
        right, room = (), columns
    if width(full) <= room or most < 2:
        return [beside(coloured(cut_middle(full, room), head), right, columns)]
    first = broken(full, room)
    second = full[len(first) :].lstrip(" ")
    return [beside(coloured(first, head), right, columns), (piece("    " + cut_middle(second, columns - 4)),)]


def with_end(card: Card, full: str, columns: int) -> str:
    """The command, of one that is longer than was looked at its last argument too: the end names the job."""
    if isinstance(card.argv, Missing) or len(card.argv) < 2:
        return full
    end = shell_word(card.argv[-1][-2 * columns :])
    return full if full.endswith(end) else f"{full} … {end}"


def broken(text: str, columns: int) -> str:
    """As much of the text's beginning as fits, up to a blank where there is one in its last third."""
    head = cut(text, columns, "")
    at = head.rfind(" ")
    return head[:at] if at > columns * 2 // 3 else head


def coloured(text: str, head: int) -> Line:
    """Pid and name apart from the rest."""
    return (piece(text[:head], Role.NAME), piece(text[head:])) if len(text) > head else (piece(text, Role.NAME),)


def whose(card: Card | Gone) -> Line:
    """`www-data · sleeping · 20 min`."""
    if isinstance(card, Gone):
        return (piece(f"{card.card.user} · ended" if card.card else "ended", Role.GONE),)
    user = piece(card.user, Role.PRIVILEGED if card.uid == 0 else Role.TEXT)
    state = state_piece(card.state)
    if card.exit_code is not None:
        state = piece(f"{state.text}, {exit_words(card.exit_code)}", state.role)
    return (user, DOT, state, DOT, piece(duration(card.age)))


def parent(card: Card, before: Piece) -> Line:
    """` · by 811 nginx`."""
    if not card.parents:
        return ()
    return (before, BY, piece(f"{card.parents[0].pid} {card.parents[0].comm}"))


def executable(card: Card, columns: int, *, ruled: bool, folder: bool) -> Line:
    """`exe /usr/sbin/nginx  replaced on disk                nginx.service · by 811 nginx`."""
    owner = piece(owner_words(card.unit, card.container))
    right: Line = (owner,) if owner.text else ()
    if not ruled:
        right = (*right, *parent(card, DOT if owner.text else Piece("")))
    right = fit(right, columns // 2)
    room = columns - width(EXE.text) - size(right) - 2
    left: Line = (EXE, *fit(executable_line(card.executable, room), room))
    if folder and columns >= WITH_FOLDER and isinstance(card.cwd, str) and size(left) + 10 < columns - size(right):
        where = cut_middle(piece(card.cwd).text, columns - size(right) - size(left) - 9)
        left = (*left, DOT, CWD, piece(where))
    return beside(left, right, columns)


def folders(card: Card, columns: int) -> Line:
    """Working directory, root where it is another, and the control group."""
    cwd = (piece(card.cwd),) if isinstance(card.cwd, str) else short(card.cwd)
    line: Line = (CWD, *cwd)
    if isinstance(card.root, str) and card.root != "/":
        line = (*line, Piece("  root ", Role.SECONDARY), piece(card.root, Role.MIND))
    paths = [] if isinstance(card.cgroups, Missing) else dict.fromkeys(group.path for group in card.cgroups if group.path != "/")
    if paths:
        line = (*line, Piece("  cgroup ", Role.SECONDARY), piece(" ".join(paths)))
    return fit(line, columns)


def lineage(card: Card, columns: int) -> Line:
    """`by 811 nginx ← 1 systemd`."""
    line: Line = (BY,)
    for index, ancestor in enumerate(card.parents):
        line = (*line, *((Piece(" ← ", Role.SECONDARY),) if index else ()), piece(f"{ancestor.pid} {ancestor.comm}"))
    return fit(line, columns)


def beside(left: Line, right: Line, columns: int) -> Line:
    """Left and right ends of a line; the right one goes where there is no room for both."""
    if not right or size(left) + size(right) + 1 > columns:
        return fit(left, columns)
    return spread(left, right, columns)


def text_of(card: Card | Gone | Missing, columns: int, rows: int) -> list[str]:
    """The lines without colours."""
    return [plain(line) for line in card_lines(card, columns, rows)]
