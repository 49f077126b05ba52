"""The completion files that are committed are what the parsers say now."""

import pytest

from explorer.cli.completion import FILES
from tools.completions import current


@pytest.mark.parametrize("shell", FILES)
def test_the_completion_file_is_current(shell: str) -> None:
    assert current(shell), "make completions"
