"""Completion files are shipped, and are what a shell takes."""

import subprocess

import pytest

from explorer.cli import COMMANDS
from explorer.cli.completion import FILES, FOLDER, completion
from explorer.cli.start import start


@pytest.mark.parametrize("shell", FILES)
def test_each_shell_has_its_file_with_every_command(shell: str) -> None:
    text = completion(shell)
    for command in COMMANDS:
        assert command.name in text
    assert "--theme" in text


def test_the_option_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["--print-completion", "zsh"], lambda target, **options: 9) == 0
    assert capsys.readouterr().out == completion("zsh")


@pytest.mark.oracle("bash")
def test_bash_completes_commands_with_it() -> None:
    line = f'source {FOLDER / FILES["bash"]}; COMP_WORDS=(procdive --th); COMP_CWORD=1; _shtab_procdive; echo "${{COMPREPLY[@]}}"'
    assert subprocess.run(["bash", "-c", line], capture_output=True, text=True).stdout == "--theme\n"
