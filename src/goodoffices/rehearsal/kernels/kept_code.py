"""What numba keeps of the compiled loops from one start to the next; read without numba."""

from __future__ import annotations

import hashlib
from pathlib import Path


def forget_old_code(folder: Path = Path(__file__).parent) -> bool:
    """Remove the compiled code that numba keeps of a folder if any module of it has changed; return whether it did.

    Numba looks at the module of a loop alone. The functions that are put into it from other modules would stay as they
    were, and the two engines would no longer agree. A folder that cannot be written is left as it is.
    """
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    kept = folder / "__pycache__"
    noted = kept / "compiled-from.sha256"
    try:
        if noted.is_file() and noted.read_text(encoding="ascii") == whole.hexdigest():
            return False
        for index in kept.glob("*.nbi"):
            index.unlink(missing_ok=True)
        kept.mkdir(exist_ok=True)
        noted.write_text(whole.hexdigest(), encoding="ascii")
    except OSError:
        return False
    return True
