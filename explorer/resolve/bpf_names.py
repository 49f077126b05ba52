"""Id of a BPF program or map → its name."""

from collections.abc import Callable
from typing import Final

from explorer.decode.bpf_info import name
from explorer.kernel.bpf.named import info
from explorer.model.missing import Reason, Unreadable

MOST: Final = 4096


class BpfNames:
    """Kept for good: ids are not used again. Where one question is denied no other is asked."""

    def __init__(self, ask: Callable[[str, int], bytes] = info) -> None:
        self._ask = ask
        self._known: dict[tuple[str, int], str] = {}
        self._denied = False

    def of(self, sort: str, number: int) -> str:
        """sort: prog or map. "" for none, and where it may not be asked. Never raises."""
        if (sort, number) not in self._known and not self._denied:
            if len(self._known) > MOST:
                self._known.clear()
            try:
                self._known[sort, number] = name(sort, self._ask(sort, number))
            except Unreadable as refused:
                self._denied = refused.missing.reason is not Reason.GONE
        return self._known.get((sort, number), "")
