"""The ptrace engine's other half: a process that traces, so that procdive need not keep up and may die.

    main.py    starts: what to trace, what to take, who listens      attach.py  all threads, or none
    loop.py    the stops of tracees, from one to the next            tracee.py  what is known of a thread
    grasp.py   what of a call is taken along                         sink.py    rows to procdive, dropped and counted where it is slow
    wanted.py  Capture as tables of numbers

It never waits for procdive. When procdive dies, it ends; when it ends, whichever way, the kernel lets all tracees go on
(they are seized, and nobody asked for EXITKILL), and a signal that was about to be delivered still is (kernel/ptrace.py, Stops).
"""
