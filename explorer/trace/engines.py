"""The engines that there are, best first. Apart from the package, so that the tracer process and the screen do not load them all."""

from typing import Final

from explorer.trace.bpf.engine import BpfTracer
from explorer.trace.ptrace import PtraceTracer
from explorer.trace.tracer import Tracer

ENGINES: Final[tuple[type[Tracer], ...]] = (BpfTracer, PtraceTracer)
