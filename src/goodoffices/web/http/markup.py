"""Markup with values put in, each escaped before; words and sentences in a language of their own."""

from __future__ import annotations

from markupsafe import Markup, escape

from goodoffices.languages import direction


def fill(template: str, *values: object, **named: object) -> Markup:
    """Return ``template`` as markup with ``values`` in its gaps, which are escaped unless they are markup.

    It gives what ``Markup(template).format(...)`` gives, in a tenth of the time; a list has hundreds of such pieces.

    Examples
    --------
    >>> fill("<b>{}</b>", "a < b")
    Markup('<b>a &lt; b</b>')
    """
    filled = template.format(*map(escape, values), **{name: escape(value) for name, value in named.items()})
    return Markup(filled)  # noqa: S704 - the template is ours and every value is escaped


def said(text: str, language: str, *, inline: bool = False) -> Markup:
    """Return people's words with their language, in a block (or inside a line) of their own."""
    if inline:
        return fill('<bdi class="said" lang="{}">{}</bdi>', language, text)
    return fill('<div class="words" dir="auto" lang="{}">{}</div>', language, text)


def foreign(made: Markup, language: str) -> Markup:
    """Return a sentence that is not in the page's language, with its own language and direction."""
    return fill('<span lang="{}" dir="{}">{}</span>', language, direction(language), made)
