"""decode/secret.py"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.secret import MASK, masked


@pytest.mark.parametrize(
    "name",
    ["PASSWORD", "DB_PASSWORD", "MYSQL_PWD", "PGPASSWORD", "db_pass", "GITHUB_TOKEN", "token", "AWS_SECRET_ACCESS_KEY", "API_KEY", "APIKEY",
     "SSH_PRIVATE_KEY", "GOOGLE_CREDENTIALS", "CREDENTIAL", "AUTHORIZATION", "SESSION_COOKIE", "MY_PASSPHRASE", "GH_PAT"],
)  # fmt: skip
def test_names(name: str) -> None:
    assert masked(name, "x") == MASK


@pytest.mark.parametrize(
    ("name", "value"),
    [("PWD", "/home"), ("OLDPWD", "/"), ("PATH", "/usr/bin:/bin"), ("HOME", "/root"), ("XKB_DEFAULT_LAYOUT", "us"), ("KEYBOARD", "us"),
     ("SSH_AUTH_SOCK", "/run/user/1000/agent.1"), ("INVOCATION_ID", "0123456789abcdef0123456789abcdef"), ("PASSWORD", ""),
     ("URL", "https://example.org/a@b"), ("TERM", "xterm-256color"), ("GIT_COMMIT", "0123456789abcdef0123456789abcdef01234567"),
     ("LONG_PATH", "/Usr/Lib/A1/" * 8), ("TEXT", "nothing to hide here")],
)  # fmt: skip
def test_harmless(name: str, value: str) -> None:
    assert masked(name, value) is None


@pytest.mark.parametrize(
    "value",
    ["-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc", "ghp_" + "a1B2" * 9,
     "AKIA" + "A1B2C3D4E5F6G7H8", "xoxb-1234567890-abc", "Bearer abcdefghijklmnop", "host=db password=hunter2", "sk-proj-" + "a" * 20,
     "aB3" * 14],
)  # fmt: skip
def test_values(value: str) -> None:
    assert masked("X", value) == MASK


def test_of_a_url_only_the_password() -> None:
    assert masked("DATABASE_URL", "postgres://app:hunter2@db:5432/app") == f"postgres://app:{MASK}@db:5432/app"
    assert masked("X", "redis://:hunter2@cache") == f"redis://:{MASK}@cache"
    assert masked("URLS", "a://b:c@d e://f:g@h") == f"a://b:{MASK}@d e://f:{MASK}@h"


HUGE = {
    "a": 200_000, "eyJ": 60_000, "a://": 50_000, "pwd ": 50_000, "bearer ": 30_000, "a:": 90_000, "-eyJ": 40_000, "SG.": 60_000,
}  # fmt: skip


@pytest.mark.parametrize("part", HUGE)
def test_huge_values_do_not_keep_us_busy(part: str) -> None:
    start = time.monotonic()
    masked("X", part * HUGE[part])
    assert time.monotonic() - start < 5


@settings(max_examples=50)
@given(st.text(), st.text())
def test_never_raises(name: str, value: str) -> None:
    masked(name, value)
