"""Whether an environment variable looks like a secret: by its name, or by its value."""

import re
from typing import Final

MASK: Final = "********"

NAMES: Final = re.compile(
    r"PASSW|PASSPHRASE|PASSCODE|_PASS$|^PASS$|PWD$|TOKEN|SECRET|KEY|CREDENTIAL|PRIVATE|COOKIE|(^|_)AUTH$|AUTHORIZATION|_PAT$"
)
"""In capitals. More than secrets match; that costs a key press, a secret on a screen costs more."""
HARMLESS: Final = re.compile(r"^(OLD)?PWD$|KEYBOARD|KEYMAP|KEYTIMEOUT|MONKEY|XKB")

URL: Final = re.compile(r"(?P<head>[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s/?#:@]{0,200}:)(?P<password>[^\s/?#]{1,1000})(?=@)")
"""Every repetition is bounded: a stranger's value of megabytes must not keep us busy."""
VALUES: Final = re.compile(
    r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY"
    r"|\beyJ[A-Za-z0-9_-]{8,500}\.[A-Za-z0-9_-]{8}"  # a JSON web token
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_|\bglpat-[\w-]{10,}"
    r"|\bxox[abprs]-[\w-]{10,}|\bsk-[\w-]{16,}|\b[sr]k_(live|test)_\w{10,}"
    r"|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}|\bnpm_\w{30,}|\bhf_\w{20,}|\bSG\.[\w-]{16,64}\."
    r"|(?i:\b(bearer|basic)\s{1,8}[A-Za-z0-9+/=._-]{12})"
    r"|(?i:\b(password|passwd|pwd|secret|token|api_?key)\s{0,8}[=:]\s{0,8}\S)",
    re.ASCII,
)
LONG: Final = re.compile(r"[A-Za-z0-9+/_=-]{40,}", re.ASCII)


def masked(name: str, value: str) -> str | None:
    """What to show in place of the value; None where it looks like no secret. Of a URL only the password is hidden."""
    if not value:
        return None
    upper = name.upper()
    if NAMES.search(upper) and not HARMLESS.search(upper):
        return MASK
    if URL.search(value):
        value = URL.sub(rf"\g<head>{MASK}", value)
        return MASK if VALUES.search(value) else value
    if VALUES.search(value) or random_looking(value):
        return MASK
    return None


def random_looking(value: str) -> bool:
    """Forty characters or more of capitals, small letters and digits mixed, and no path: nobody types that."""
    if not LONG.fullmatch(value) or value.startswith("/") or value.count("/") > len(value) // 12:
        return False
    return all(any(test(char) for char in value) for test in (str.isupper, str.islower, str.isdigit))
