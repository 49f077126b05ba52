"""What is told to us: engines that report events as they happen, and the store that keeps them undecoded.

    tracer.py   what an engine is (Tracer), what it takes (Capture), why it would not (Refused)
    payload.py  a call's registers, descriptor names and memory, as bytes     log.py  the bounded store, in columns
    decoded.py  a row of the store → TraceEvent                               ptrace.py  the engine for everybody
    bpf/        the engine that stops nobody                                  engines.py  ENGINES: loaded by who chooses among them
    wire.py     what it and its process (child/tracer) say to each other      choice.py  which engine for a process
    refusal.py  why a process cannot be traced                                feeds.py   who shows what we write
    summary.py  calls counted and timed, by whom and which                           access/     which files are used, and how

HOWTO, an engine: one file here with a class that is a Tracer, one line in ENGINES (engines.py), best first. It hands over model.batch.Batch
(columns and raw payloads, nothing decoded), names each descriptor at the moment of the event, and counts what it drops as LOST
rows. All know their calls by decode/syscall; what of a process's memory a call's arguments need, decode/syscall/reach.py tells.
"""
