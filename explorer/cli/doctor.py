"""procdive doctor: what works on this machine, what does not, and what would make it work."""

import argparse
import shutil
from collections.abc import Iterator

from explorer.cli.output import Output
from explorer.collect.doctor import doctor
from explorer.model.check import Check, Verdict
from explorer.render.doctor import FACTS, check_lines
from explorer.render.piece import Role, piece
from explorer.resolve.system import System
from explorer.trace.choice import engine_for
from explorer.trace.engines import ENGINES

EXAMPLES = """examples:
  procdive doctor            as this user
  sudo procdive doctor       as root
  procdive doctor --json     one JSON object a line: name, verdict, detail, cure

Each thing is tried, not guessed; nothing is changed. yes: works. partly, no: what would help stands below; indented is what it
depends on. The last ones are facts about the machine that nothing depends on yet.
Exit status: 0
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options of its own."""
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Print each as it is known."""
    columns = shutil.get_terminal_size((100, 24)).columns
    facts = False
    for check in checks(system):
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


def checks(system: System) -> Iterator[Check]:
    """All of them, the engine that a trace takes after what engines need."""
    told = False
    for check in doctor(system):
        if check.verdict is Verdict.FACT and not told:
            told = True
            yield engine()
        yield check


def engine() -> Check:
    """Which one a trace takes here, and why not a better one."""
    taken, why = engine_for()
    lacking = [f"not {name}: {missing.detail}" for name, missing in why.items()]
    cure = next((missing.cure for missing in why.values()), "")
    refused = taken.unusable()
    if refused is not None:
        return Check("trace", Verdict.NOT, "; ".join([f"no engine can be used: {refused.detail}", *lacking]), refused.cure or cure)
    verdict = Verdict.WORKS if taken is ENGINES[0] else Verdict.PARTLY
    return Check("trace", verdict, "; ".join([f"by the engine {taken.name}", *lacking]), cure)
