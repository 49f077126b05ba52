"""Run the figures, print them and keep them."""

import argparse
import importlib
import sys

from benchmarks import FIGURES
from benchmarks.row import keep, said


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="procdive's figures, each beside its peer in one run")
    parser.add_argument("figure", nargs="*", metavar="FIGURE", help=f"of {', '.join(FIGURES)}; all without")
    parser.add_argument("--rounds", type=int, default=3, help="alternating rounds, whose median counts (default %(default)s)")
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True, help="write results/FIGURE.json")
    options = parser.parse_args()
    unknown = set(options.figure) - set(FIGURES)
    if unknown:
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    for name in options.figure or FIGURES:
        rows = importlib.import_module(f"benchmarks.{name}").rows(options.rounds)
        for row in rows:
            print(f"{name}: {said(row)}", flush=True)
        if options.keep:
            keep(name, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
