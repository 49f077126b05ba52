"""Pure: a fact → lines of pieces, each a printable text with a role. No terminal in it; cli prints them, ui draws them.

    piece.py      Piece, Role, Line: what everything here returns        printable.py  the only escape
    record.py     any fact → what JSON can hold                          missing.py    words for what could not be had
"""
