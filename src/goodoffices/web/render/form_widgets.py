"""Forms as pages write them: each field keeps what was typed, each form has its own request key.

A part of a page that is sent over the stream holds no token: the page's own script fills them in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field

from markupsafe import Markup, escape

from goodoffices.data_class import dataclass
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.web.http.control_characters import signs_kept
from goodoffices.web.http.markup import fill
from goodoffices.web.http.seat_paths import keyed
from goodoffices.web.render.localize import Localizer

Choice = tuple[str, object]
EVERYBODY = "_all"
"""The value of a box that stands for all of the people to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What a person typed in one form of this page, when the form comes back with a refusal.

    ``again`` is the handle of the grave act that came back and is sent again with this form. ``missing`` are the fields
    that it was refused for.
    """

    form: str
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    again: str = ""
    missing: tuple[str, ...] = ()

    def words_left(self, page: str) -> list[str]:
        """Return the words in it that ``page`` does not show, because it no longer offers this form."""
        if f'id="f-{self.form}"' in page:
            return []
        is_words = (n for n in self.fields if f"{n}.lang" in self.fields or any(" " in t for t in self.fields[n]))
        return [text for name in is_words for text in self.fields[name] if text.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of one session. The request key of a form follows from the session, the page's number and the form.

    So a double click or *back* sends the same key, and a page rendered after the act a new one, without any counter.
    """

    secret: str

    @property
    def csrf(self) -> str:
        """The token that a form of this session carries."""
        return keyed(self.secret.encode(), "csrf").hex()[:32]

    def key(self, n: int, form: str) -> str:
        """Return the request key of ``form`` on a page at notice ``n``."""
        return keyed(self.secret.encode(), "key", str(n), form).hex()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Widgets:
    """Makes the forms of one rendering. ``keeps`` says that they are written for a seat kept on paper."""

    base: str
    back: str
    n: int
    localizer: Localizer
    tokens: Tokens | None = None
    given: FilledForm | None = None
    keeps: bool = False
    language: str = "en"

    def open(self, command: str, form: str, /, **hidden: str) -> Markup:
        """Return the beginning of a form that asks ``command``; ``hidden`` are its fixed fields."""
        start = self._begun(f"do/{command}", form, hidden)
        return start + self._paper(form) if self.keeps else start

    def open_for(self, address: str, form: str, /, **hidden: str) -> Markup:
        """Return the beginning of a form that files what is ticked in it; for a seat on paper with when and where."""
        start = self._begun(address, form, hidden)
        return start + self._paper(form) if self.keeps else start

    def open_file(self, address: str, form: str) -> Markup:
        """Return the beginning of a form that sends a file to an address of this desk."""
        return self._begun(address, form, {}, ' enctype="multipart/form-data"')

    def _begun(self, address: str, form: str, hidden: Mapping[str, str], more: str = "") -> Markup:
        rows = {"_back": self.back, "_form": form, "_seen": str(self.n), **hidden}
        if self.given is not None and self.given.form == form and self.given.again:
            rows["_again"] = self.given.again
        rows["_csrf"] = "" if self.tokens is None else self.tokens.csrf
        rows["_key"] = "" if self.tokens is None else self.tokens.key(self.n, f"{self.back} {form}")
        inputs = Markup("").join(
            fill('<input type="hidden" name="{}" value="{}">', name, value) for name, value in rows.items()
        )
        return fill(
            '<form method="post" action="{}/{}" id="f-{}" class="form"{}>{}',
            self.base,
            address,
            form,
            _flag(more, more),
            inputs,
        )

    def _paper(self, form: str) -> Markup:
        t = self.localizer
        happened = self.text(form, "_happened_at", t("When it happened, as in 2017-01-23T14:20+06:00"), required=True)
        return happened + self.text(form, "_on_paper", t("Number of the paper"), required=True)

    def end(self) -> Markup:
        """Return the end of a form."""
        return Markup("</form>")

    def is_open(self, form: str) -> bool:
        """Say whether this form came back with a refusal."""
        return self.given is not None and self.given.form == form

    def has_papers(self, form: str) -> bool:
        """Say whether this form came back with words in another language than the first."""
        return any(text.strip() for text in self._typed(form, "papers")[1:])

    def _typed(self, form: str, name: str) -> tuple[str, ...]:
        return self.given.fields.get(name, ()) if self.given is not None and self.given.form == form else ()

    def text(self, form: str, name: str, label: object, *, required: bool = False, value: str = "") -> Markup:
        """Return a one-line field."""
        typed = (self._typed(form, name) or (value,))[0]
        return fill(
            '<p class="field"><label for="{id}">{label}</label>'
            '<input id="{id}" name="{name}" value="{typed}" dir="auto"{required} autocomplete="off"></p>',
            id=f"f-{form}-{name}",
            label=label,
            name=name,
            typed=signs_kept(typed),
            required=_flag(" required", required),
        )

    def file(self, form: str, name: str, label: object, *, accept: str, required: bool = True) -> Markup:
        """Return a field for a file."""
        return fill(
            '<p class="field"><label for="{id}">{label}</label>'
            '<input type="file" id="{id}" name="{name}" accept="{accept}"{required}></p>',
            id=f"f-{form}-{name}",
            label=label,
            name=name,
            accept=accept,
            required=_flag(" required", required),
        )

    def date(
        self, form: str, name: str, label: object, *, kind: str = "date", required: bool = False, value: str = ""
    ) -> Markup:
        """Return a field for a date; ``value`` stands in it at first."""
        typed = (self._typed(form, name) or (value,))[0]
        return fill(
            '<p class="field"><label for="{id}">{label}</label>'
            '<input type="{kind}" id="{id}" name="{name}" value="{typed}"{required}></p>',
            id=f"f-{form}-{name}",
            label=label,
            name=name,
            kind=kind,
            typed=signs_kept(typed),
            required=_flag(" required", required),
        )

    def words(self, form: str, label: object, *, name: str = "words", required: bool = True, value: str = "") -> Markup:
        """Return a field for somebody's words, with the language they are in."""
        typed = (self._typed(form, name) or (value,))[0]
        chosen = (self._typed(form, f"{name}.lang") or (self.language,))[0]
        options = Markup("").join(
            fill('<option value="{0}" lang="{0}"{2}>{1}</option>', code, own, _flag(" selected", code == chosen))
            for code, own in LANGUAGES.items()
        )
        return fill(
            '<p class="field"><label for="{id}">{label}</label>'
            '<textarea id="{id}" name="{name}" rows="3" dir="auto"{required}>\n{typed}</textarea></p>'
            '<p class="field small"><label for="{id}-lang">{in_language}</label>'
            '<select id="{id}-lang" name="{name}.lang">{options}</select></p>',
            id=f"f-{form}-{name}",
            label=label,
            name=name,
            typed=signs_kept(typed),
            required=_flag(" required", required),
            in_language=self.localizer("Language of the words"),
            options=options,
        )

    def paper(self, form: str, place: int, lang: str, label: object, *, value: str = "", rows: int = 18) -> Markup:
        """Return a field for one language of a text, as Markdown; what was typed stays after a refusal."""
        typed = self._typed(form, "papers")
        text = typed[place] if place < len(typed) else value
        return fill(
            '<p class="field wide"><label for="{id}">{label}</label>'
            '<input type="hidden" name="papers.lang" value="{lang}"><textarea id="{id}" name="papers" rows="{rows}"'
            ' lang="{lang}" dir="auto" class="paper" spellcheck="false">\n{text}</textarea></p>',
            id=f"f-{form}-paper-{place}",
            label=label,
            lang=lang,
            rows=rows,
            text=signs_kept(text),
        )

    def note(self, form: str, place: int, choices: Iterable[Choice], *, at: str = "", value: str = "") -> Markup:
        """Return one of several notes: on which clause, and its words; what was typed stays after a refusal."""
        typed, placed = self._typed(form, "notes"), self._typed(form, "notes_at")
        text = typed[place] if place < len(typed) else value
        chosen = placed[place] if place < len(placed) else at
        options = _options(choices, (chosen,))
        return fill(
            '<fieldset class="ticks upright"><legend>{legend}</legend><p class="field small"><label for="{id}-at">{on}'
            '</label><select id="{id}-at" name="notes_at">{options}</select></p><p class="field"><label for="{id}">'
            '{label}</label><textarea id="{id}" name="notes" rows="2" dir="auto">\n{text}</textarea>'
            '<input type="hidden" name="notes.lang" value="{lang}"></p></fieldset>',
            id=f"f-{form}-note-{place}",
            legend=self.localizer("Note {n}", n=place + 1),
            on=self.localizer("On clause"),
            options=options,
            label=self.localizer("Words"),
            text=signs_kept(text),
            lang=self.language,
        )

    def lines(self, form: str, name: str, label: object, *, value: str = "", rows: int = 4) -> Markup:
        """Return a field for several lines that are not a person's words."""
        typed = (self._typed(form, name) or (value,))[0]
        return fill(
            '<p class="field"><label for="{id}">{label}</label>'
            '<textarea id="{id}" name="{name}" rows="{rows}" dir="auto">\n{typed}</textarea></p>',
            id=f"f-{form}-{name}",
            label=label,
            name=name,
            rows=rows,
            typed=signs_kept(typed),
        )

    def select(self, form: str, name: str, label: object, choices: Iterable[Choice]) -> Markup:
        """Return a field that chooses one."""
        typed = self._typed(form, name)
        options = _options(choices, typed)
        return fill(
            '<p class="field"><label for="{id}">{label}</label><select id="{id}" name="{name}">{options}</select></p>',
            id=f"f-{form}-{name}",
            label=label,
            name=name,
            options=options,
        )

    def many(  # noqa: PLR0913 - what a field is made of, each by its name
        self,
        form: str,
        name: str,
        label: object,
        choices: Iterable[Choice],
        *,
        one: bool = False,
        chosen: Iterable[str] = (),
        everybody: object = None,
    ) -> Markup:
        """Return boxes to tick, or with ``one`` rounds to choose one of; ``chosen`` are ticked at first, else nothing.

        One of several must be chosen. So must at least one box where ``everybody`` labels a box for all of them: an
        empty choice of people never means everybody.
        """
        typed = self._typed(form, name) if self.is_open(form) else tuple(chosen)
        kind, needed = ("radio", " required") if one else ("checkbox", "")
        begun = f'<label class="tick"><input type="{kind}" name="{escape(name)}" value="'
        offered = [*([] if everybody is None else [(EVERYBODY, everybody)]), *choices]
        boxes = _safe(
            f'{begun}{escape(value)}"{" checked" if value in typed else ""}{needed}>'
            f" <span>{escape(shown)}</span></label>"
            for value, shown in offered
        )
        if one or everybody is not None:
            boxes += self.needs(name)
        return fill('<fieldset class="ticks"><legend>{}</legend>{}</fieldset>', label, boxes)

    def needs(self, name: str) -> Markup:
        """Return the note in a form that ``name`` must be chosen in it."""
        return fill('<input type="hidden" name="_needs" value="{}">', name)

    def tick(self, form: str, name: str, label: object) -> Markup:
        """Return one box to tick."""
        typed = self._typed(form, name)
        return fill(
            '<p class="field"><label class="tick"><input type="checkbox" name="{}" value="yes"{}>'
            " <span>{}</span></label></p>",
            name,
            _flag(" checked", typed),
            label,
        )

    def button(self, label: object, *, name: str = "", value: str = "", quiet: bool = False) -> Markup:
        """Return a button that says what happens and to whom."""
        chosen = fill(' name="{}" value="{}"', name, value) if name else Markup("")
        return fill('<button class="button{}"{}>{}</button>', " quiet" if quiet else "", chosen, label)

    def ticked(self, form: str, name: str, value: str, first: bool) -> bool:
        """Say whether a box is ticked: as it came back with a refusal, else as it is at first."""
        return value in self._typed(form, name) if self.is_open(form) else first

    def cell(self, form: str, name: str, label: object, *, number: bool = False) -> Markup:
        """Return a field within a table; its label is heard and not seen."""
        typed = (self._typed(form, name) or ("",))[0]
        return fill(
            '<label class="unseen" for="{id}">{label}</label><input id="{id}" name="{name}" value="{typed}"{mode}>',
            id=f"f-{form}-{name}",
            label=label,
            name=name,
            typed=signs_kept(typed),
            mode=_flag(' inputmode="numeric"', number),
        )

    def act(self, command: str, form: str, label: object, /, *, quiet: bool = False, **hidden: str) -> Markup:
        """Return a form that is nothing but a button."""
        return self.open(command, form, **hidden) + self.button(label, quiet=quiet) + self.end()

    def sheet(self, form: str, label: object, *, is_open: bool = False) -> Markup:
        """Return the beginning of a sheet that unfolds; it stands open if asked, or if its form was refused."""
        opened = _flag(" open", is_open or self.is_open(form))
        return fill(
            '<details class="sheet" id="s-{}"{}><summary>{}</summary><div class="inside">', form, opened, escape(label)
        )

    def sheet_end(self) -> Markup:
        """Return the end of a sheet."""
        return Markup("</div></details>")


# A long text has hundreds of clauses to choose from, several times on a page. Their boxes are put together as plain
# text, each part escaped where it comes in, and marked as safe once: that takes a fifth of the time.


def _options(choices: Iterable[Choice], chosen: Collection[str]) -> Markup:
    """Return what a field offers to choose from."""
    return _safe(
        f'<option value="{escape(value)}"{" selected" if value in chosen else ""}>'
        f"{escape(shown.striptags() if isinstance(shown, Markup) else shown)}</option>"
        for value, shown in choices
    )


def _safe(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 - made above, of escaped parts


def _flag(name: str, given: object) -> Markup:
    """Return a bare attribute if it is given."""
    return Markup(name) if given else Markup("")  # noqa: S704 - the names above, and nothing typed


def given_of(
    form: str, fields: Mapping[str, tuple[str, ...]], *, again: str = "", missing: tuple[str, ...] = ()
) -> FilledForm:
    """Return what was typed, to be shown again; ``again`` is the waiting command that it came back from."""
    return FilledForm(form=form, fields=fields, again=again, missing=missing)
