#!/bin/sh
# Makes .venv fit for `make run`, or for `make test` with the word test. Where it is fit already, says and does nothing.
#
# .venv/fit-for-run and .venv/fit-for-test say what it was made of: this folder (programs in it name it), the Python, and a
# sum of what is to be installed. A Python that was upgraded or has gone, or a checkout that was moved: it is made anew.
set -eu
cd "$(dirname "$0")/.."
what=${1:-run}
asked=${PYTHON:-python3}
python=.venv/bin/python

say() { echo "procdive: $*" >&2; }

version() { "$1" -IS -c 'import sys; print(sys.version.split()[0], sys.implementation.cache_tag)' 2>/dev/null || true; }

made_of() {
    echo "in $PWD"
    echo "with $(version "$python")"
    echo "sum $(sed '/^\[tool\.pytest/,$d' pyproject.toml | cat - constraints.txt | cksum)"
}

fit() { [ -x "$python" ] && [ -f ".venv/fit-for-$1" ] && [ "$(made_of)" = "$(cat ".venv/fit-for-$1")" ]; }

other_python() { [ "$asked" != python3 ] && [ "$(version "$asked")" != "$(version "$python")" ]; }

need() {        # SENTENCE PACKAGE: install it as root on Debian, else say how
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "$1; installing $2"
        export DEBIAN_FRONTEND=noninteractive
        apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1 ||
            { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$2" >/dev/null; } ||
            { say "$2 could not be installed: apt-get install $2"; exit 1; }
    else
        say "$1: sudo apt-get install $2"
        exit 1
    fi
}

if fit "$what" && ! other_python; then exit 0; fi

command -v "$asked" >/dev/null || need "$asked is missing" "$(basename "$asked")"
"$asked" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { say "$asked is $("$asked" -V 2>&1), and 3.11 or newer is needed: give another one with PYTHON=python3.11"; exit 1; }
"$asked" -c 'import ensurepip, venv' 2>/dev/null || need "$asked can make no virtual environment" "$(basename "$asked")-venv"
[ "$what" != test ] || command -v git >/dev/null || need "git is missing" git

if [ -e .venv ] && { [ -z "$(version "$python")" ] || other_python || ! grep -qsF "#!$PWD/.venv/" .venv/bin/pip ||
    ! [ -d ".venv/lib/python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" ]; }; then
    say "the virtual environment in .venv is of another Python or another folder: making it anew"
    rm -rf .venv
fi
[ -e .venv/bin/pip ] || { say "making a virtual environment in .venv (once)"; rm -rf .venv; "$asked" -m venv .venv; }

extra=
[ "$what" != test ] || extra='[test]'
rm -f .venv/fit-for-run .venv/fit-for-test
say "installing what procdive needs${extra:+ to be tested} into .venv"
pip() { "$python" -m pip --quiet --disable-pip-version-check --no-input "$@"; }
pip install -c constraints.txt setuptools
pip install -c constraints.txt --no-build-isolation -e ".$extra"
made_of > .venv/fit-for-run
[ "$what" != test ] || cp .venv/fit-for-run .venv/fit-for-test
