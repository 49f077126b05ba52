"""Messages go up, whatever sends them."""

from explorer.model.process import ProcessId
from explorer.render.sheet import Target
from explorer.ui.messages import Back, Close, Copy, Fetched, Jump, Open, Prompt, Say, Selected


def test_every_message_bubbles_and_carries_what_it_was_given() -> None:
    made = (
        Selected(ProcessId(1, 2)), Jump(Target(1, 2)), Prompt("Filter", print), Close(), Say(()), Copy("text", "the line"), Back(),
        Open("l"), Fetched("card", 1, None),
    )  # fmt: skip
    assert all(message.bubble for message in made)
    assert isinstance(made[1], Jump)
    assert made[1].target == Target(1, 2)
    assert len({message.handler_name for message in made}) == len(made)
