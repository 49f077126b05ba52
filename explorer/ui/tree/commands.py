"""The keys of the tree, htop's where htop has them: one list for bindings, key line, help and palette."""

from typing import Final

from explorer.ui.command import Command

COMMANDS: Final[tuple[Command, ...]] = (
    Command("f3,slash", "search", "search", written="F3 /", group="Find", label="/ search", short="/ find", rank=20),
    Command("n", "next(1)", "next hit", written="n", group="Find"),
    Command("f4,backslash", "filter", "filter", written="F4 \\", group="Find", label="F4 filter", short="F4 filter", rank=30),
    Command("u", "user", "of one user", written="u", group="Find"),
    Command("f5,t", "flat", "tree or list", written="F5 t", group="Shape"),
    Command("plus,equals_sign,minus", "fold", "fold, unfold", written="+ -", group="Shape"),
    Command("asterisk", "fold_all", "fold, unfold all", written="*", group="Shape"),
    Command("f6,greater_than_sign,less_than_sign", "sort_menu", "sort by", written="F6 >", group="Shape", label="F6 sort", rank=40),
    Command("I", "invert", "sort the other way", written="I", group="Shape"),
    Command("P", "sort('cpu')", "sort by CPU", written="P", group="Shape"),
    Command("M", "sort('rss')", "sort by memory", written="M", group="Shape"),
    Command("T", "sort('time')", "sort by time", written="T", group="Shape"),
    Command("N", "by_pid", "sort by PID", written="N", group="Shape"),
    Command("F", "follow", "follow it", written="F", group="Move"),
    Command("H", "threads", "threads", written="H", group="Shape"),
    Command("K", "kernel", "kernel threads", written="K", group="Shape"),
    Command("p", "paths", "whole path", written="p", group="Shape"),
    Command("w", "whole", "whole command", written="w", group="Look"),
    Command("B", "births", "births", written="B", group="Look"),
    Command("", "columns", "columns", group=""),
    Command("space", "tag", "tag", written="Space", group="Mark"),
    Command("c", "tag_tree", "tag with children", written="c", group="Mark"),
    Command("U", "untag", "untag all", written="U", group="Mark"),
    Command("f9,k", "signal", "send a signal", written="F9 k", group="Change", label="F9 signal", rank=50),
    Command("f7,right_square_bracket", "nice(-1)", "higher priority (nice)", written="F7 ]", group="Change"),
    Command("f8,left_square_bracket", "nice(1)", "lower priority (nice)", written="F8 [", group="Change"),
    Command("i", "ioprio", "I/O priority", written="i", group="Change"),
    Command("a", "affinity", "processors it may run on", written="a", group="Change"),
)
