"""Any fact → what JSON can hold: Linux's own words as keys, exact bytes beside text that is no UTF-8."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from explorer.model.missing import Missing


def record(fact: object) -> Any:
    """Dataclasses become objects (key: field name), sequences arrays, Missing an object that says why.

    A str with lone surrogates (bytes that are no UTF-8) keeps them, and KEY_hex beside it has the exact bytes.
    """
    if isinstance(fact, Missing):
        return {"missing": fact.reason.value, "detail": fact.detail, "cure": fact.cure}
    if isinstance(fact, Enum):
        return fact.value
    if fact is None or isinstance(fact, bool | int | float | str):
        return fact
    if isinstance(fact, bytes):
        return fact.hex()
    if is_dataclass(fact) and not isinstance(fact, type):
        return keyed({f.name: getattr(fact, f.name) for f in fields(fact)})
    if isinstance(fact, Mapping):
        return keyed({str(key): value for key, value in fact.items()})
    if isinstance(fact, list | tuple | set | frozenset):
        return [record(item) for item in (sorted(fact) if isinstance(fact, set | frozenset) else fact)]
    return str(fact)


def keyed(facts: Mapping[str, object]) -> dict[str, Any]:
    """An object of JSON, with KEY_hex beside each text (or list of texts) that holds bytes that are no UTF-8."""
    out: dict[str, Any] = {}
    for key, value in facts.items():
        out[key] = record(value)
        if isinstance(value, str) and _odd(value):
            out[f"{key}_hex"] = _hex(value)
        elif isinstance(value, list | tuple) and any(isinstance(item, str) and _odd(item) for item in value):
            out[f"{key}_hex"] = [_hex(item) if isinstance(item, str) else None for item in value]
    return out


def _odd(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _hex(text: str) -> str:
    try:
        return text.encode("utf-8", "surrogateescape").hex()
    except UnicodeEncodeError:
        # Surrogates that stand for no byte cannot have come from Linux; they are not lost either.
        return text.encode("utf-8", "surrogatepass").hex()
