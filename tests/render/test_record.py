"""render/record.py"""

import json
from dataclasses import dataclass, field
from enum import Enum

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.text import exact, text
from explorer.model.missing import Missing, Reason
from explorer.render.record import record


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    name: str = "x"


@dataclass(frozen=True)
class Fact:
    path: str = text(b"/\xff")
    args: tuple[str, ...] = (text(b"a\x80"), "b")
    inner: Inner = Inner()
    colour: Colour = Colour.RED
    raw: bytes = b"\x00\xff"
    lacking: Missing = field(default_factory=lambda: Missing(Reason.DENIED, "d", "c"))
    mapping: dict[str, int] = field(default_factory=lambda: {"k": 1})
    nothing: None = None
    some: frozenset[int] = frozenset({3, 1})


def test_every_sort_of_value() -> None:
    made = record(Fact())
    assert made["path_hex"] == "2fff"
    assert made["args_hex"] == ["6180", "62"]
    assert made["inner"] == {"name": "x"}
    assert made["colour"] == "red"
    assert made["raw"] == "00ff"
    assert made["lacking"] == {"missing": "denied", "detail": "d", "cure": "c"}
    assert made["mapping"] == {"k": 1}
    assert made["nothing"] is None
    assert made["some"] == [1, 3]


@settings(max_examples=100)
@given(st.binary(max_size=40))
def test_exact_bytes_come_back_from_json(raw: bytes) -> None:
    made = json.loads(json.dumps(record({"x": text(raw)}), ensure_ascii=True))
    assert exact(made["x"]) == raw
    assert bytes.fromhex(made.get("x_hex", raw.hex())) == raw


def test_plain_text_has_no_twin() -> None:
    assert record({"x": "日本"}) == {"x": "日本"}


def test_odd_values_do_not_raise() -> None:
    assert record({"x": "\ud800"})["x"] == "\ud800"
    assert record({1: object}) != {}
