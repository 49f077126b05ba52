"""render/executable.py"""

import pytest

from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing, Reason
from explorer.render.executable import executable_line
from explorer.render.piece import plain
from explorer.render.width import width
from tests.facts import DENIED


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Executable("/bin/x", Fate.PRESENT), "/bin/x"),
        (Executable("/bin/x", Fate.DELETED), "/bin/x  deleted"),
        (Executable("/bin/x", Fate.REPLACED, "/bin/x", Fate.PRESENT), "/bin/x  replaced on disk"),
        (Executable("/tmp/away", Fate.PRESENT, "/bin/x", Fate.DELETED), "/tmp/away  moved, was /bin/x"),
        (Executable("/opt/2/x", Fate.PRESENT, "/opt/now/x", Fate.PRESENT), "/opt/2/x  started as /opt/now/x, another file now"),
        (Executable("payload", Fate.MEMORY), "payload  in memory"),
        (Executable("", Fate.MEMORY), "(no name)  in memory"),
        (Executable("/usr/bin/python3", Fate.PRESENT, script="/usr/bin/tool"), "/usr/bin/python3  script /usr/bin/tool"),
        (Executable("/mnt/x", Missing(Reason.TIMED_OUT, "x")), "/mnt/x  did not answer"),
        (DENIED, "denied"),
        (Missing(Reason.UNSUPPORTED, "a kernel thread has no executable"), "none: a kernel thread has no executable"),
    ],
)
def test_case_21_words(found: Executable | Missing, said: str) -> None:
    assert plain(executable_line(found)) == said


def test_the_path_is_cut_and_the_fate_is_not() -> None:
    shown = plain(executable_line(Executable("/very/long/" * 20 + "program", Fate.REPLACED), 40))
    assert shown.endswith("program  replaced on disk")
    assert width(shown) <= 40
