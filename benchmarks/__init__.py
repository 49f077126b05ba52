"""Figures: one file each, procdive beside its peer in one run, as a ratio of medians of alternating rounds.

`python -m benchmarks` runs all of FIGURES, `python -m benchmarks NAME…` some; each prints its rows and writes
results/NAME.json, from which tools/readme_figures.py makes the tables of README.md. A new figure: one file here with
`NAME`, `rows(rounds) -> list[Row]`, and one entry in FIGURES.
"""

FIGURES = (
    "screen_cpu",
    "screen_bytes",
    "key_latency",
    "first_paint",
    "ps_start",
    "table",
    "files_pane",
    "fds_all",
    "trace_feed",
    "trace_store",
    "trace_search",
    "trace_ptrace",
    "trace_bpf",
    "trace_nginx",
    "trace_viewer",
)
