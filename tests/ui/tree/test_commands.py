"""The keys of the tree."""

from explorer.ui.tree import Tree
from explorer.ui.tree.commands import COMMANDS


def test_each_key_means_one_thing_and_each_action_is_there() -> None:
    keys = [key for command in COMMANDS for key in command.keys.split(",") if key]
    assert len(keys) == len(set(keys))
    for command in COMMANDS:
        assert callable(getattr(Tree, f"action_{command.action.partition('(')[0]}"))


def test_htops_keys_keep_htops_meaning() -> None:
    meant = {key: command.action for command in COMMANDS for key in command.keys.split(",")}
    htop = {
        "f3": "search", "slash": "search", "f4": "filter", "backslash": "filter", "f5": "flat", "t": "flat", "f6": "sort_menu",
        "greater_than_sign": "sort_menu", "less_than_sign": "sort_menu", "f7": "nice(-1)", "right_square_bracket": "nice(-1)",
        "f8": "nice(1)", "left_square_bracket": "nice(1)", "f9": "signal", "k": "signal", "P": "sort('cpu')", "M": "sort('rss')",
        "T": "sort('time')", "N": "by_pid", "I": "invert", "plus": "fold", "minus": "fold", "asterisk": "fold_all", "F": "follow",
        "space": "tag", "c": "tag_tree", "U": "untag", "u": "user", "H": "threads", "K": "kernel", "p": "paths", "w": "whole",
        "i": "ioprio", "a": "affinity",
    }  # fmt: skip
    assert {key: meant.get(key) for key in htop} == htop


def test_every_f_key_has_a_plain_key_too() -> None:
    for command in COMMANDS:
        keys = command.keys.split(",")
        assert not any(len(key) > 1 and key[0] == "f" and key[1:].isdigit() for key in keys) or len(keys) > 1
