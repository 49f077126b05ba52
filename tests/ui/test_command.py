"""A command is bound by its keys."""

from explorer.ui.command import Command, bindings


def test_bindings_of_commands() -> None:
    search, columns, leave = Command("f3,slash", "search", "search"), Command("", "columns", ""), Command("f10", "leave", "", first=True)
    made = bindings((search, columns, leave))
    assert [(binding.key, binding.action, binding.priority) for binding in made] == [("f3,slash", "search", False), ("f10", "leave", True)]
