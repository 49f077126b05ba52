"""docs/dependencies.md names every dependency with its floor, and none that may not be there."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

TREE = Path(__file__).parent.parent
PROJECT = tomllib.loads((TREE / "pyproject.toml").read_text())["project"]
PAGE = (TREE / "docs/dependencies.md").read_text()


def parts(requirement: str) -> tuple[str, str]:
    found = re.fullmatch(r"([A-Za-z0-9-]+)>=([0-9.]+)", requirement)
    assert found, requirement
    return found[1], found[2]


def test_each_dependency_has_its_row() -> None:
    for requirement in PROJECT["dependencies"]:
        name, floor = parts(requirement)
        assert f"| {name} | {floor} |" in PAGE
    for requirement in PROJECT["optional-dependencies"]["test"]:
        name, floor = parts(requirement)
        assert re.search(rf"^\|[^|]*\b{name}\b[^|]*\|[^|]*\b{re.escape(floor)}\b", PAGE, re.MULTILINE), requirement


def test_floors_are_no_higher_than_what_is_installed() -> None:
    constraints = dict(re.findall(r"^([A-Za-z0-9_.-]+)==([0-9.]+)$", (TREE / "constraints.txt").read_text(), re.MULTILINE))
    for requirement in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]:
        name, floor = parts(requirement)
        assert numbers(constraints[name]) >= numbers(floor)


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def test_nothing_that_runs_is_under_the_apache_licence_alone() -> None:
    todo, seen = [parts(requirement)[0] for requirement in PROJECT["dependencies"]], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        found = importlib.metadata.metadata(name)
        said = [*(found.get_all("License-Expression") or found.get_all("License") or []), *(found.get_all("Classifier") or [])]
        licence = " ".join(line for line in said if "::" not in line or line.startswith("License"))
        assert not re.search("apache", licence, re.IGNORECASE) or re.search(r"\bOR\b|MIT|BSD", licence), (name, licence)
        wanted = [one for one in importlib.metadata.requires(name) or [] if "extra ==" not in one and "win32" not in one.lower()]
        todo += [re.split(r"[^A-Za-z0-9_.-]", one)[0] for one in wanted if installed(re.split(r"[^A-Za-z0-9_.-]", one)[0])]
    assert "rich" in seen


def installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
