"""Draw the pictures: `python -m screenshots`, as root, with nginx and wrk. It fails where they cannot be had."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMESPACES = ("--pid", "--fork", "--kill-child", "--mount-proc", "--uts", "--mount", "--propagation", "private")
STAGE = b"""
mount -t tmpfs none /opt && mkdir /opt/procdive && mount --bind "$TREE" /opt/procdive &&
mount -t tmpfs none /srv && cd /opt/procdive || exit
unset TREE
"$PROGRAM" -m screenshots.scene </dev/null
exit $?
"""
"""Process 1: it waits for whatever loses its parent. The checkout stands where a person would have put it."""


def main() -> int:
    """Run scene.py where its processes are the only ones, in namespaces of their own."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if os.geteuid() != 0:
        sys.exit("screenshots: as root: they are drawn in a pid namespace of their own")
    lacking = [tool for tool in ("nginx", "wrk", "unshare") if not shutil.which(tool)]
    if lacking:
        sys.exit(f"screenshots: {', '.join(lacking)} missing: sudo make oracles")
    tree = Path(__file__).parent.parent
    python = Path(sys.executable)
    place = Path("/opt/procdive") / python.relative_to(tree) if python.is_relative_to(tree) else python
    env = {**os.environ, "TREE": str(tree), "PROGRAM": str(place), "PYTHONPATH": "/opt/procdive", "TMPDIR": "/srv"}
    return subprocess.run(["unshare", *NAMESPACES, "sh", "-s"], input=STAGE, env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
