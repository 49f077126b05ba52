"""Which engine for a process."""

from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.trace.engines import ENGINES
from explorer.trace.tracer import Tracer


def engine_for(target: ProcessId | None = None, wanted: str = "auto") -> tuple[type[Tracer], dict[str, Missing]]:
    """The best that can be used on it (the last one where none can: its attach says why), and why not each better one.

    wanted: the name of one that is to be used whatever speaks against it. Raises LookupError where there is none of that name.
    """
    why: dict[str, Missing] = {}
    for engine in ENGINES:
        if wanted not in {"auto", engine.name}:
            continue
        unusable = engine.unusable(target) if wanted == "auto" else None
        if unusable is None or engine is ENGINES[-1]:
            return engine, why
        why[engine.name] = unusable
    raise LookupError(f"no engine {wanted}: there is {', '.join(engine.name for engine in ENGINES)}")
