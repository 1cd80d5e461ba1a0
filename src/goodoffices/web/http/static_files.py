"""The few files that every page uses. Their address holds their digest, so they may be kept for a year."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources

FONTS = tuple(
    f"Noto{family}-{weight}.woff"
    for family in ("Sans", "Serif", "SansArabic", "NaskhArabic")
    for weight in ("Regular", "Bold")
)
_TYPES = {
    "app.css": "text/css; charset=utf-8",
    "fonts.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "live.js": "text/javascript; charset=utf-8",
    "points.js": "text/javascript; charset=utf-8",
    "outbox.js": "text/javascript; charset=utf-8",
    "sheet.js": "text/javascript; charset=utf-8",
    "scenes.js": "text/javascript; charset=utf-8",
    "sliders.js": "text/javascript; charset=utf-8",
    "start.js": "text/javascript; charset=utf-8",
    "waiting.js": "text/javascript; charset=utf-8",
    "sprite.svg": "image/svg+xml",
    **dict.fromkeys(FONTS, "font/woff"),
}
_FONT = re.compile(rb'url\("([^"]+)"\)')


@cache
def _bytes(name: str) -> bytes:
    folder = resources.files("goodoffices.web") / "static"
    if name.endswith(".woff"):
        return (folder / "fonts" / name).read_bytes()
    found = (folder / name).read_bytes()
    if name != "fonts.css":
        return found
    return _FONT.sub(lambda font: f'url("{Static.address(font[1].decode())}")'.encode(), found)


class Static:
    """Files by name."""

    @staticmethod
    @cache
    def address(name: str) -> str:
        """Return the address of a file: the files do not change while the desk runs, and a page names ten of them."""
        assert name in _TYPES, f"{name} is not among the files that are served; add its type above"
        return f"/static/{hashlib.sha256(_bytes(name)).hexdigest()[:16]}/{name}"

    @staticmethod
    def read(digest: str, name: str) -> tuple[bytes, str] | None:
        """Return a file's bytes and type; ``None`` if there is none of this name and digest."""
        if name not in _TYPES or Static.address(name) != f"/static/{digest}/{name}":
            return None
        return _bytes(name), _TYPES[name]

    @staticmethod
    def content(name: str) -> tuple[str, bytes]:
        """Return the type and the bytes of a file."""
        return _TYPES[name], _bytes(name)
