"""Runs every fenced shell command of README.md and LISEZMOI.md, in order, in an empty folder.

The commands run as they stand on the page, in one shell, as a newcomer would type them. The only
thing that differs is where `git clone` finds the repository: at this checkout.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "LISEZMOI.md")
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
CLONED = "https://github.com/openfisca-cpts/openfisca-cpts"
SECONDS = 1200


def script(pages: tuple[str, ...] = PAGES) -> str:
    """Join the shell commands of the pages, each block told before it runs.

    Args:
        pages: names of pages at the root of the repository, in the order they are read in.

    Returns:
        A shell script that stops at the first command that fails.

    Raises:
        ValueError: a page has no fenced command.
    """
    lines = ["set -euo pipefail"]
    for page in pages:
        blocks = FENCE.findall((ROOT / page).read_text(encoding="utf-8"))
        if not blocks:
            raise ValueError(f"{page} has no fenced command")
        for rank, block in enumerate(blocks, 1):
            lines += [f"echo '== {page}, block {rank}'", "set -x", block, "{ set +x; } 2>/dev/null"]
    return "\n".join(lines)


def main() -> int:
    """Run the commands; give the exit code of the first that fails."""
    redirected = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{ROOT.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": CLONED,
    }
    environment = {**os.environ, **redirected}
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONUTF8", "VENV"):
        environment.pop(name, None)
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            ["bash", "-c", script()], cwd=empty, env=environment, check=False, timeout=SECONDS
        )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
