"""model/status.py"""

from explorer.decode.proc.status import decode
from explorer.model.missing import Missing


def test_what_is_not_there_is_missing_never_none() -> None:
    status = decode(b"")
    values = [getattr(status, field) for field in ("pid", "uid", "groups", "nspid", "sigq", "no_new_privs", "cpus")]
    assert all(isinstance(value, Missing) for value in values)
    assert status.memory == {}
