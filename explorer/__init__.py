"""procdive shows what any Linux process is doing, without stopping it.

The flow of facts is the layout; each layer imports only from those below it (kept by tests/test_layers.py):

    /proc  netlink  ptrace  bpf  audit
       │ bytes
    kernel/     touches Linux; nothing else does                          bytes in, bytes out
       │
    decode/     pure: bytes → facts; no files, sockets, ctypes, clocks    one file a kind
       │
    resolve/    who or what a number stands for; System, the one handle on the machine
       │
    collect/ (asked)   trace/ (told)   act.py (changes others)   keep.py (the user's own files)
       │ facts: model/ — frozen nouns that all share
    render/     pure: a fact → pieces of text with a role; no terminal in it
       │
    cli/  ui/   print pieces; draw pieces. They send wishes down, never see bytes

    child/      programs that run beside us, each `python -m explorer.child.NAME`
    query/      text → predicate, pure: what a person types into a filter

What cannot be had is a value too: model.missing.Missing says why and what would help. Exceptions: kernel raises
Unreadable; resolve, collect and trace turn it into Missing; render gives it words; nobody else catches.

docs/design.md is this page's longer twin.
"""

__version__ = "0.1.0"
