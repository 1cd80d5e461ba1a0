"""Write the documentation as pages: ``python tools/docs_site.py``, into ``build/site``.

The pages need no server and no network. The generator would fetch one small script from elsewhere when a page is opened
as a file; ours takes its place. A page that asks for anything outside is an error.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE, STAGE = ROOT / "build" / "site", ROOT / "build" / "docs"
_WORKER = ROOT / "tools" / "site" / "frame_worker.js"
_SHIM = re.compile(r'<script src="https://unpkg\.com/iframe-worker/shim"[^>]*></script>')
_FAULT = re.compile(r"\b[1-9]\d* issues? found|griffe:")
_OUTSIDE = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*\s(?:src|href)=["']?https?://[^"' >]*""")


def build() -> int:
    """Build the pages anew; return how many there are.

    Raises
    ------
    SystemExit
        If a page is missing, or one asks for something outside.
    """
    shutil.rmtree(SITE, ignore_errors=True)
    _stage()
    made = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "-f", "mkdocs.yml", "--clean"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = made.stdout + made.stderr
    if made.returncode or _FAULT.search(said):
        raise SystemExit(said)
    pages = sorted(SITE.rglob("*.html"))
    shutil.copy(_WORKER, SITE / "assets" / "javascripts" / _WORKER.name)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        up = "../" * (len(page.relative_to(SITE).parts) - 1)
        text = _SHIM.sub(f'<script src="{up}assets/javascripts/{_WORKER.name}"></script>', text)
        outside = _OUTSIDE.search(text)
        if outside is not None:
            raise SystemExit(f"{page.relative_to(SITE)} asks for something outside: {outside[0][-80:]}")
        page.write_text(text, encoding="utf-8")
    return len(pages)


def _stage() -> None:
    """Bring together what becomes pages: the folder of the documentation, the changes, and a list of the decisions."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(ROOT / "docs", STAGE)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (STAGE / "CHANGELOG.md").write_text(changes.replace("](docs/", "]("), encoding="utf-8")
    first = STAGE / "README.md"
    text = first.read_text(encoding="utf-8").replace("(../CHANGELOG.md)", "(CHANGELOG.md)")
    first.write_text(text.replace("(decisions/)", "(decisions/index.md)"), encoding="utf-8")
    decisions = sorted((STAGE / "decisions").glob("*.md"))
    titles = [(path.name, path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")) for path in decisions]
    listed = "\n".join(f"* [{title}]({name})" for name, title in titles)
    (STAGE / "decisions" / "index.md").write_text(f"# Decisions\n\nWhy things are as they are.\n\n{listed}\n", "utf-8")


if __name__ == "__main__":
    print(f"{build()} pages in {SITE.relative_to(ROOT)}; open {SITE.relative_to(ROOT)}/index.html")
