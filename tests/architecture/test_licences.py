"""What is installed with the program may be used by anybody for anything, and the page of licences says what it is."""

from __future__ import annotations

import re

import pytest

import third_party

FREE = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "LLVM-exception", "MIT",
    "MIT-0", "MIT-CMU", "PSF-2.0", "PSFL", "Zlib",
}  # fmt: skip
"""Licences that ask for their text and a name, and for nothing more."""


@pytest.mark.parametrize("package", sorted(third_party.packages()))
def test_no_package_asks_its_own_licence_of_what_uses_it(package: str) -> None:
    words = set(re.findall(r"[A-Za-z0-9.-]+", third_party.licence(package))) - {"AND", "OR", "WITH"}
    assert words <= FREE, f"{package}: {third_party.licence(package)}"


def test_the_page_of_licences_is_what_the_installed_packages_say() -> None:
    assert third_party.WHERE.read_text(encoding="utf-8") == third_party.page()


def test_every_font_of_the_package_is_on_the_page_with_its_licence() -> None:
    folder = third_party.ROOT / "src" / "goodoffices" / "web" / "static" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
    named = re.sub(r"[^A-Za-z]", "", third_party.WHERE.read_text(encoding="utf-8"))
    for font in folder.glob("*.woff"):
        assert font.stem.split("-")[0] in named
