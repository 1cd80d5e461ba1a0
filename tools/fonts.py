"""Make the fonts of the desk: the letters that its languages need, cut out of the Noto fonts of an installed machine.

Run it where the Noto fonts are installed (on Debian: ``apt-get install fonts-noto-core``)::

    .venv/bin/python tools/fonts.py /usr/share/fonts/truetype/noto

The fonts are under the SIL Open Font License 1.1, whose text stands beside them. They reserve no name, so that what is
cut out may keep theirs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

WHERE = Path(__file__).resolve().parents[1] / "src" / "goodoffices" / "web" / "static" / "fonts"
LATIN_AND_CYRILLIC = (
    "U+0000-024F,U+0259,U+02BB-02BC,U+02C6-02DD,U+0300-0328,U+0400-052F,U+1E80-1E9E,U+2000-206F,U+2070-209F,"
    "U+20A0-20C0,U+2100-2183,U+2190-2199,U+2200-2265,U+FB01-FB02,U+FEFF,U+FFFD"
)
ARABIC_AND_PERSIAN = (
    "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+200C-200F,U+2010-2011,U+202A-202E,U+2066-2069,U+25CC,U+FD3E-FD3F"
)
FONTS = {
    "NotoSans-Regular": LATIN_AND_CYRILLIC,
    "NotoSans-Bold": LATIN_AND_CYRILLIC,
    "NotoSerif-Regular": LATIN_AND_CYRILLIC,
    "NotoSerif-Bold": LATIN_AND_CYRILLIC,
    "NotoSansArabic-Regular": ARABIC_AND_PERSIAN,
    "NotoSansArabic-Bold": ARABIC_AND_PERSIAN,
    "NotoNaskhArabic-Regular": ARABIC_AND_PERSIAN,
    "NotoNaskhArabic-Bold": ARABIC_AND_PERSIAN,
}


def main(folder: str) -> int:
    """Write each font and return the exit code."""
    WHERE.mkdir(parents=True, exist_ok=True)
    for name, letters in FONTS.items():
        options = subset.Options(flavor="woff", layout_features=["*"], notdef_outline=True, hinting=False)
        font = subset.load_font(str(Path(folder) / f"{name}.ttf"), options)
        cut = subset.Subsetter(options)
        cut.populate(unicodes=subset.parse_unicodes(letters))
        cut.subset(font)
        made = WHERE / f"{name}.woff"
        subset.save_font(font, str(made), options)
        print(f"{made}: {made.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
