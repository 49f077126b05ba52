"""model/access.py: a row's sums."""

from explorer.model.access import FileUse


def test_sums() -> None:
    use = FileUse("/x", "file", (1,), touches={"stat": 2, "unlink": 1}, failures={"open": {"ENOENT": 2, "EACCES": 1}, "stat": {"EIO": 9}})
    assert (use.failed_opens, use.touched) == (3, 3)
    assert (FileUse("/x", "file", (1,)).failed_opens, FileUse("/x", "file", (1,)).touched) == (0, 0)
