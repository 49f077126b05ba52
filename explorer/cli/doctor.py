"""procdive doctor: what works on this machine, what does not, and what would make it work."""

import argparse
import shutil

from explorer.cli.output import Output
from explorer.collect.doctor import doctor
from explorer.model.check import Verdict
from explorer.render.doctor import FACTS, check_lines
from explorer.render.piece import Role, piece
from explorer.resolve.system import System

EXAMPLES = """examples:
  procdive doctor            as this user
  sudo procdive doctor       as root
  procdive doctor --json     one JSON object a line: name, verdict, detail, cure

Each thing is tried, not guessed; nothing is changed. yes: works. partly, no: what would help stands below. The last ones are
facts about the machine that nothing depends on yet.
Exit status: 0
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options of its own."""
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print each as it is known."""
    columns = shutil.get_terminal_size((100, 24)).columns
    facts = False
    for check in doctor(system):
        if options.json:
            out.record(check)
            continue
        if check.verdict is Verdict.FACT and not facts:
            facts = True
            out.line(())
            out.line((piece(FACTS, Role.SECONDARY),))
        for line in check_lines(check, columns):
            out.line(line)
    return 0
