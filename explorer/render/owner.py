"""Whose a process is, in few words: its unit or container, its session."""

from explorer.model.cgroup import Container, Unit

ID = 12
"""Digits of a container's id that people and docker ps write."""


def container_words(container: Container) -> str:
    """`docker 0123456789ab`, `lxc web`; of its watcher `watches podman 0123456789ab`."""
    short = container.id[:ID] if len(container.id) == 64 else container.id
    return f"{'watches ' if container.monitor else ''}{container.runtime} {short}"


def unit_words(unit: Unit) -> str:
    """`nginx.service`, `session 3`, `pipewire.service of user 1000`; "" where systemd says nothing, and of its own init.scope."""
    if unit.session:
        return f"session {unit.session}"
    if unit.user_unit and unit.user_unit != "init.scope":
        return f"{unit.user_unit} of user {unit.uid}"
    return "" if unit.unit == "init.scope" and not unit.user_unit else unit.unit


def owner_words(unit: Unit, container: Container | None) -> str:
    """The container, and the unit where that is not the container's own scope."""
    words = unit_words(unit)
    if container is None:
        return words
    if not words or container.id in words or words.endswith(".scope"):
        return container_words(container)
    return f"{container_words(container)} · {words}"
