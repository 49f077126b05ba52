"""What Textual loads for nothing is not loaded, and is there for whoever asks afterwards."""

import subprocess
import sys

from tests.terminal import TREE

PROGRAM = """
import sys
from explorer.ui.lean import lean
with lean():
    import textual.app
print(sorted({"ssl", "textual.command", "textual.widgets._input"} & set(sys.modules)))
import ssl
from textual.command import Provider
from textual.screen import Screen
print(ssl.SSLContext.__name__, Provider.__module__, Screen.__name__)
with lean():
    import textual.command
print(textual.command.Provider is Provider)
"""


def test_the_palette_of_textual_and_tls_are_not_loaded() -> None:
    out = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=TREE, timeout=60)
    assert out.stdout == "[]\nSSLContext textual.command Screen\nTrue\n"
    assert out.stderr == ""
