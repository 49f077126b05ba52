"""What the keys do in the trace area: in the lines of a trace, in its summary, in its access."""

from typing import Final

from explorer.ui.command import Command

TO_TRACE: Final = Command("t", "tab('trace')", "lines of the trace", "t", "Look", "t trace", "", rank=40)
TO_SUMMARY: Final = Command("c", "tab('summary')", "summary: where the time goes", "c", "Look", "c summary", "", rank=41)
TO_ACCESS: Final = Command("a", "tab('access')", "access: which files", "a", "Look", "a access", "", rank=42)
TURN: Final = (
    Command("right", "turn(1)", "next tab", "← →", "Move", palette=False),
    Command("left", "turn(-1)", "previous tab", palette=False),
)
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
    Command("m", "manual", "the manual's page about this call", "m", "Look", "m man", "", rank=45),
    TO_SUMMARY,
    TO_ACCESS,
    *TURN,
    Command("S", "save", "save the trace", "S", "Look", "S save", "", rank=76),
)
TABLE: Final = (
    Command("space", "hold", "hold the figures still, go on", "Space", "Look", "Space hold", "Space hold", rank=1, least=3),
    Command("enter", "enter", "unfold, fold", "Enter", "Look", "Enter unfold", "Enter unfold", rank=3, least=2),
    Command("slash,f3", "search", "search", "F3 /", "Find", "/ search", "/ find", rank=10, least=4),
    Command("n", "again(1)", "next hit", "n", "Find"),
    Command("N", "again(-1)", "previous hit", "N", "Find"),
    Command("f,f4", "filter", "filter", "f F4", "Find", "f filter", "f filter", rank=11, least=1),
    Command("exclamation_mark", "failed", "failed only", "!", "Find", "! failed", "", rank=12, least=4),
    Command("f6,greater_than_sign,less_than_sign", "sort_menu", "sort by", "F6 >", "Shape", "F6 sort", "F6 sort", rank=13, least=2),
    Command("I", "invert", "sort the other way", "I", "Shape"),
    Command("R", "reset", "count from now on", "R", "Shape", "R reset", "R reset", rank=15, least=4),
    Command("T", "lines", "its lines in the trace", "T", "Look", "T its lines", "", rank=16),
)
SUMMARY: Final = (
    *TABLE,
    Command("g", "group", "add up by call, process, thread", "g", "Shape", "g group", "g group", rank=14, least=3),
    Command("h", "call(0)", "hide this call", "h", "Find"),
    Command("H", "call(1)", "only this call", "H", "Find"),
    Command("p", "process(0)", "without this process", "p", "Find"),
    Command("P", "process(1)", "only this process", "P", "Find"),
    TO_TRACE,
    TO_ACCESS,
    *TURN,
    Command("S", "save", "save the summary", "S", "Look", "S save", "", rank=76),
)
ACCESS: Final = (
    *TABLE,
    Command("g", "group", "add up by file, by process and file", "g", "Shape", "g group", "g group", rank=14, least=3),
    Command("O", "opened", "opened only", "O", "Find", "O opened", "", rank=12),
    Command("p", "process(0)", "without this process", "p", "Find"),
    Command("P", "process(1)", "only this process", "P", "Find"),
    Command("j", "jump", "to its process", "j", "Look", "j process", "", rank=17),
    TO_TRACE,
    TO_SUMMARY,
    *TURN,
    Command("S", "save", "save the access", "S", "Look", "S save", "", rank=76),
)
