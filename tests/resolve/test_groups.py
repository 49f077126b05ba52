"""resolve/groups.py"""

import grp
import os
from pathlib import Path

from explorer.kernel.reader import Reader
from explorer.resolve.groups import Groups


def test_names_and_numbers(tmp_path: Path) -> None:
    (tmp_path / "group").write_bytes(b"root:x:0:\nodd\nwheel\xff:x:77777:a,b\n")
    reader = Reader()
    groups = Groups(reader, str(tmp_path / "group"))
    assert groups.name(0) == "root"
    assert os.fsencode(groups.name(77777)) == b"wheel\xff"
    assert groups.name(77778) == "77778"
    reader.close()


def test_as_the_name_service_has_them() -> None:
    reader = Reader()
    groups = Groups(reader, "/nowhere")
    for entry in grp.getgrall()[:3]:
        assert groups.name(entry.gr_gid) == entry.gr_name
    reader.close()
