"""A fault is one line for the person and the rest in the log, where a log may be written."""

import pytest

from explorer import keep
from explorer.model.missing import Missing, Reason
from explorer.render.piece import plain
from explorer.ui.fault import Fault


def made(text: str) -> Fault:
    try:
        raise ValueError(text)
    except ValueError as error:
        return Fault.of(error, "pane Files")


def test_one_line_and_the_details_in_the_log() -> None:
    fault = made("first\nsecond \x1b[31m\udcff")
    assert plain(fault.line) == f"A fault of procdive itself in pane Files: ValueError: first · details in {keep.log_path()}"
    assert "second" in keep.log_path().read_text()
    assert "Traceback" in keep.log_path().read_text()


def test_the_same_fault_is_written_once() -> None:
    for _ in range(3):
        made("again")
    assert keep.log_path().read_text().count("ValueError: again") == 1


def test_where_no_log_can_be_written_the_line_stands_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "_write", lambda *_, **__: Missing(Reason.DENIED, "no", "no"))
    fault = made("lonely")
    assert plain(fault.line) == "A fault of procdive itself in pane Files: ValueError: lonely"
    assert len(fault.notes) == 1


def test_an_error_without_words() -> None:
    assert Fault.of(KeyError(), "x").error == "KeyError: "
