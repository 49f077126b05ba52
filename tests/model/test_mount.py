"""model/mount.py"""

from dataclasses import FrozenInstanceError

import pytest

from explorer.model.mount import Mount


def test_a_mount_is_a_fact() -> None:
    mount = Mount(5, 1, (0, 5), "/", "/tmp/m n", "rw", (), "tmpfs", "-", "rw")
    with pytest.raises(FrozenInstanceError):
        mount.point = "/"  # type: ignore[misc]
