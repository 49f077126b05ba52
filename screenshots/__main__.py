"""Draw the pictures: `python -m screenshots`, as root, with nginx and wrk. It fails where they cannot be had."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMESPACES = ("--pid", "--fork", "--kill-child", "--mount-proc", "--uts")


def main() -> int:
    """Run scene.py where its processes are the only ones: as process 1 of namespaces of their own."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if os.geteuid() != 0:
        sys.exit("screenshots: as root: they are drawn in a pid namespace of their own")
    lacking = [tool for tool in ("nginx", "wrk", "unshare") if not shutil.which(tool)]
    if lacking:
        sys.exit(f"screenshots: {', '.join(lacking)} missing: sudo make oracles")
    scene = [sys.executable, "-m", "screenshots.scene"]
    return subprocess.run(["unshare", *NAMESPACES, *scene], cwd=Path(__file__).parent.parent).returncode


if __name__ == "__main__":
    sys.exit(main())
