"""cli/sections.py; what each says is tested in test_show.py."""

from explorer.cli.sections import CONFINEMENT, CREDENTIALS, ORIGIN, SCHEDULING, SECTIONS, USAGE
from explorer.render.overview import entries
from tests.facts import OVERVIEW


def test_names_are_words_of_their_own() -> None:
    names = [section.name for section in SECTIONS]
    assert len(set(names)) == len(names)
    assert all(name.isalpha() and name.islower() for name in names)
    assert all(section.help for section in SECTIONS)


def test_labels_exist() -> None:
    """A label that no entry has would silently show nothing."""
    from pathlib import Path

    source = "".join(path.read_text() for path in Path("explorer/render/overview").glob("*.py"))
    for label in (*ORIGIN, *CREDENTIALS, *CONFINEMENT, *USAGE, *SCHEDULING):
        assert f'"{label}"' in source, label
    assert {entry.label for entry in entries(OVERVIEW)} & set(ORIGIN)
