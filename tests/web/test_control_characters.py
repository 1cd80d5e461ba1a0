"""Characters that would steer a page or a terminal are spelt out, in whatever plain lines they hide."""

from __future__ import annotations

from goodoffices.web.http.control_characters import signs_shown

KEPT = "\t\n\r"


def test_a_control_character_is_spelt_out_among_plain_lines() -> None:
    for number in (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0xFEFF):
        for around in ("{}", "a{}b", "one\ntwo{}\nthree"):
            text = around.format(chr(number))
            shown = text if chr(number) in KEPT else around.format(f"⟨U+{number:04X}⟩")
            assert signs_shown(text) == shown


def test_plain_lines_are_left_as_they_are() -> None:
    for text in ("plain", "two\nlines\n", "\ttab", "عربي\n", 'a\r\n<b class="x">'):
        assert signs_shown(text) is text
    assert signs_shown(7) == 7
