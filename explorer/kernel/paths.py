"""Paths as Linux has them (bytes) and as str: UTF-8 with surrogateescape, whatever the locale says."""


def encoded(path: str) -> bytes:
    """The bytes of a path. Raises UnicodeEncodeError for what cannot have come from Linux."""
    return path.encode("utf-8", "surrogateescape")


def decoded(path: bytes) -> str:
    """The str that encoded() turns back into these bytes."""
    return path.decode("utf-8", "surrogateescape")
