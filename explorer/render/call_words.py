"""Why a path was refused, in words that need no look at the file system."""

from typing import Final

REFUSALS: Final = {
    "ENOENT": "{path}, or a directory on the way to it, is not there",
    "EACCES": "permissions of {path}, or of a directory on the way to it, forbid it",
    "EPERM": "only its owner, or root, may do that to {path}",
    "ENOTDIR": "something on the way to {path} is no directory",
    "EISDIR": "{path} is a directory",
    "EEXIST": "{path} is there already",
    "ELOOP": "too many symbolic links on the way to {path}",
    "EROFS": "{path} is on a file system that is mounted read-only",
    "ENAMETOOLONG": "a part of {path} is longer than its file system takes",
    "ENOTEMPTY": "{path} still has something in it",
    "EXDEV": "the two paths are on different file systems",
    "ETXTBSY": "{path} is a program that runs",
    "ENOEXEC": "{path} is no program that this kernel can run",
}
"""Errors that speak of a path; {path} is put in by because()."""


def because(error: str, path: str) -> str:
    """What an error says about a path; empty where it says nothing about it."""
    return REFUSALS[error].replace("{path}", path or "the path") if error in REFUSALS else ""
