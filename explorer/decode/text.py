"""Bytes of Linux as str, losslessly."""


def text(raw: bytes) -> str:
    """UTF-8 where it is; other bytes as lone surrogates, so that exact() gives them back."""
    return raw.decode("utf-8", "surrogateescape")


def exact(shown: str) -> bytes:
    """The bytes that text() was given."""
    return shown.encode("utf-8", "surrogateescape")
