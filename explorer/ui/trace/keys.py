"""What the keys do in the trace area."""

from typing import Final

from explorer.ui.command import Command

COMMANDS: Final = (
    Command("space", "hold", "pause the view, go on", "Space", "Look", "Space pause", "Space pause", rank=1, least=2),
    Command("end", "follow", "follow again", "End", "Move", "End follow", "", rank=2),
    Command("enter", "enter", "unfold, fold", "Enter", "Look", "Enter unfold", "Enter unfold", rank=3, least=2),
    Command("slash,f3", "search", "search", "F3 /", "Find", "/ search", "/ find", rank=10, least=3),
    Command("n", "again(1)", "next hit", "n", "Find"),
    Command("N", "again(-1)", "previous hit", "N", "Find"),
    Command("f,f4", "filter", "filter", "f F4", "Find", "f filter", "f filter", rank=11, least=1),
    Command("exclamation_mark", "failed", "failed only", "!", "Find", "! failed", "! failed", rank=12, least=4),
    Command("h", "call(0)", "hide this call", "h", "Find", "h hide", "", rank=13),
    Command("H", "call(1)", "only this call", "H", "Find"),
    Command("p", "process(0)", "without this process", "p", "Find"),
    Command("P", "process(1)", "only this process", "P", "Find"),
    Command("d", "descriptor", "only this descriptor", "d", "Find", "d this fd", "", rank=14),
    Command("less_than_sign", "use(-1)", "previous use of its descriptor or path", "<", "Find"),
    Command("greater_than_sign", "use(1)", "next use of it", ">", "Find"),
    Command("circumflex_accent", "maker", "to the call that made its descriptor", "^", "Find"),
    Command("T", "clock", "times: absolute, relative, since last", "T", "Look"),
    Command("right", "turn(1)", "next trace", "← →", "Move", palette=False),
    Command("left", "turn(-1)", "previous trace", palette=False),
    Command("S", "save", "save the trace", "S", "Look", "S save", "", rank=76),
)
