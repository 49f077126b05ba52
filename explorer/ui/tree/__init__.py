"""The tree of processes.

    outline.py   what stands in it, and what stays where when it changes; no screen     search.py  number.py  wish.py   what is looked for
    rows.py      drawn and selected     changing.py  what changes other processes       tree.py  all its keys, listed in commands.py
"""

from explorer.ui.tree.tree import Tree

__all__ = ["Tree"]
