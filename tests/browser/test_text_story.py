"""A text of ten clauses goes from bracketed draft to adoption under sufficient consensus; one side is kept on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Venue, connected, draw, fits, go, sure, violations

pytestmark = pytest.mark.slow
HEADS = ("Purpose", "Halt", "Lines", "Roads", "Water", "Prisoners", "Watch", "Meetings", "Return", "Entry into force")
ARABIC = ("الغرض", "الوقف", "الخطوط", "الطرق", "المياه", "الأسرى", "الرصد", "الاجتماعات", "العودة", "النفاذ")


def draft(heads: tuple[str, ...], title: str, body: str, open_body: str) -> str:
    """Return ten clauses, the second of which has brackets."""
    clauses = (f"## {n}. {head}\n\n{open_body if n == 2 else body}" for n, head in enumerate(heads, start=1))
    return f"# {title}\n\n" + "\n\n".join(clauses) + "\n"


ENGLISH_OPEN = "It begins on [[A: 30 December | B: 1 January]] at noon."
ARABIC_OPEN = "يبدأ في [[A: ٣٠ ديسمبر | B: ١ يناير]] عند الظهر."
DRAFT = draft(HEADS, "Peace of the valley", "The sides keep to what this clause says.", ENGLISH_OPEN)
DRAFT_AR = draft(ARABIC, "سلام الوادي", "يلتزم الأطراف بما يقوله هذا البند.", ARABIC_OPEN)


def shot(page: Page, name: str, language: str) -> None:
    draw(page, f"{name}-{language}-{page.viewport_size['width']}")  # type: ignore[index]


def accept_service(page: Page) -> None:
    go(page, "texts")
    page.click("form[action$='do/AcceptService'] button")


def on_paper(page: Page, form: str, paper: str) -> None:
    """Fill in what an entry from paper needs."""
    page.fill(f"#f-{form} input[name=_happened_at]", "2017-01-23T10:00+06:00")
    page.fill(f"#f-{form} input[name=_on_paper]", paper)


def keep_west(desk: Page) -> Page:
    """Open the pages of the side that is kept on paper, as its keeper."""
    go(desk, "seats")
    desk.click("form[action$='/keep']:has(input[value=west]) button")
    expect(desk.locator(".keeper")).to_be_visible()
    return desk


LANGUAGES = {"chair": "ar", "north": "en", "south": "ar", "east": "en", "desk": "ar"}
"""What the person at each seat reads."""


def prepare(valley: Venue, *, script: bool) -> dict[str, Page]:
    seats = {slug: valley.seat(slug, language=language, script=script) for slug, language in LANGUAGES.items()}
    for slug in ("north", "south", "east"):
        accept_service(seats[slug])
    go(seats["desk"], "seats")
    seats["desk"].click("#s-pack-west > summary")
    seats["desk"].fill("#f-pack-west-carrier", "Amal")
    seats["desk"].check("#s-pack-west input[name=tell][value=chair]")
    seats["desk"].click("#s-pack-west .button")
    return seats


def write_draft(chair: Page) -> None:
    go(chair, "texts/new")
    chair.fill("#f-table-paper-0", DRAFT)
    chair.click("details:has(#f-table-paper-1) > summary")
    chair.fill("#f-table-paper-1", DRAFT_AR)
    chair.click("#s-table-more > summary")
    for side in ("north", "south", "east", "west"):
        chair.check(f"#s-table-more input[name=about][value={side}]")
    chair.click("#f-table > button")
    expect(chair.locator(".hinders")).to_be_visible()


def put(chair: Page) -> None:
    """Choose the version, who is asked, the first rule and when answers are seen; only what a link named is chosen."""
    assert chair.locator("#f-put input:checked:not([name=version])").count() == 0
    chair.locator("input[name=version]").first.check()
    for seat in chair.locator("input[name=eligible]").all():
        seat.check()
    chair.locator("input[name='rule.kind']").first.check()
    chair.check("input[name=shown][value=with-the-outcome]")
    chair.click("#f-put > .button")


def release(chair: Page) -> None:
    """Release the version on the page to all parties at once."""
    chair.click("#f-release-all button")
    sure(chair)
    expect(chair.locator("[data-part=pen] .told")).to_be_visible()


def write_clean(chair: Page) -> None:
    """Take the bracket out in both languages; the names in braces stay."""
    go(chair, "texts/tx1/write")
    for place, bracket, words in ((0, "[[A", "1 January"), (1, "[[A", "١ يناير")):
        field = f"#f-write-paper-{place}"
        text = chair.input_value(field)
        before, _, rest = text.partition(bracket)
        after = rest.partition("]]")[2]
        if after.startswith("{"):
            after = after.partition("}")[2]
        chair.fill(field, f"{before}{words}{after}")
    chair.click("#f-write > .button")
    expect(chair.locator(".title")).to_be_visible()


def answer(page: Page, says: str) -> None:
    go(page, "decisions/y1")
    page.click(f"#f-answer button[value={says}]")
    expect(page.locator("[data-part=answer]")).to_be_visible()


PAGES: tuple[str, ...] = (
    "texts",
    "texts/new",
    "texts/tx1",
    "texts/tx1/v1?as=side&in=en&in=ar",
    "clauses/v1/cl2",
    "aloud/v1/cl2",
)
PAGES += ("texts/tx1/write", "standing/tx1", "compare/v1/v1", "decisions", "decisions/new", "packages/new")


def check_pages(chair: Page, language: str) -> None:
    """Go through the pages of texts: axe finds nothing, and nothing scrolls sideways on a phone."""
    for path in PAGES:
        go(chair, path)
        assert violations(chair) == [], (language, path)
        assert fits(chair, 360), (language, path)
        shot(chair, "text-" + path.split("?")[0].replace("/", "-"), language)


def look(pages: dict[str, Page], path: str, name: str) -> None:
    """Let both people of a seat, who read different languages, look at one page."""
    for language, page in pages.items():
        go(page, path)
        shot(page, name, language)


def check_bracket(north: Page, language: str) -> None:
    """See the bracket in the language that is read, and the text drawn in the direction of that language."""
    bracket = north.locator(".text .bracket").first
    expect(bracket).to_contain_text("1 January" if language == "en" else "١ يناير")
    drawn = bracket.evaluate("b => getComputedStyle(b.closest('.text')).direction")
    assert drawn == ("ltr" if language == "en" else "rtl")


def decide(seats: dict[str, Page], both_north: dict[str, Page]) -> Page:
    """Put the text to the parties, let all four answer, and declare the outcome; return the pages kept for west."""
    chair = seats["chair"]
    chair.click("a[href*='decisions/new']")
    shot(chair, "decision-new", "ar")
    put(chair)
    sure(chair)
    expect(chair.locator("main a[href$='decisions/y1']").first).to_be_visible()
    for slug in ("north", "south"):
        answer(seats[slug], "accepts")
    answer(seats["east"], "abstains")
    west = keep_west(seats["desk"])
    go(west, "decisions/y1")
    on_paper(west, "answer", "sheet 4")
    west.click("#f-answer button[value=accepts]")
    shot(west, "decision-kept", "ar")

    for page in both_north.values():
        go(page, "decisions/y1")
        connected(page)
    go(chair, "decisions/y1")
    chair.click("form[action$='do/DeclareOutcome'] button")
    sure(chair)
    for language, page in both_north.items():
        page.wait_for_selector("[data-part=outcome] table")
        expect(page.locator("[data-part=outcome]")).to_contain_text("80")
        shot(page, "decision", language)
    return west


def test_ten_clauses_go_from_brackets_to_adoption_in_two_languages(valley: Venue) -> None:
    seats = prepare(valley, script=True)
    chair, north, south = seats["chair"], seats["north"], seats["south"]
    both_north = {"en": north, "ar": valley.seat("north", language="ar")}
    write_draft(chair)
    shot(chair, "text-pen", "ar")
    for page in both_north.values():
        go(page, "texts")
        connected(page)
    release(chair)
    for language, page in both_north.items():
        page.wait_for_selector("[data-part=released] a[href$='texts/tx1']")
        go(page, "texts/tx1")
        check_bracket(page, language)
        shot(page, "text-marked", language)
    look(both_north, "texts/tx1?as=side&in=en&in=ar", "text-side")

    go(south, "clauses/v1/cl2")
    south.fill("#f-comment-words", "on the first of January")
    south.click("#f-comment button[value=proposes-words]")
    both_chairs = {"en": valley.seat("chair", language="en"), "ar": chair}
    for language, page in both_chairs.items():
        check_pages(page, language)
        go(page, "texts/tx1")
        expect(page.locator(".remarks")).to_contain_text("on the first of January")
    go(north, "clauses/v1/cl2")
    expect(north.locator("main")).not_to_contain_text("on the first of January")
    shot(south, "clause", "ar")

    write_clean(chair)
    release(chair)
    for page in both_north.values():
        go(page, "texts/tx1/v2?as=since")
        expect(page.locator("del").first).to_be_visible()
    look(both_north, "compare/v1/v2", "compare")

    west = decide(seats, both_north)
    look(both_north, "texts/tx1", "text-adopted")
    north.click("#s-stance > summary")
    shot(north, "text-stance", "en")
    north.check("#s-stance input[name=to][value=_all]")
    north.click("#f-stance button[value=signed]")
    sure(north)
    for page, signed in ((south, "وقّع"), (seats["east"], "signed")):
        go(page, "texts/tx1")
        expect(page.locator("[data-part=finding] table")).to_contain_text(signed)
    go(west, "record")
    expect(west.locator("main")).to_contain_text("sheet 4")


def test_the_same_without_script(valley: Venue) -> None:
    seats = prepare(valley, script=False)
    write_draft(seats["chair"])
    write_clean(seats["chair"])
    release(seats["chair"])
    seats["chair"].click("a[href*='decisions/new']")
    put(seats["chair"])
    sure(seats["chair"])
    for slug in ("north", "south", "east"):
        answer(seats[slug], "accepts")
    west = keep_west(seats["desk"])
    go(west, "decisions/y1")
    on_paper(west, "answer", "sheet 5")
    west.click("#f-answer button[value=objects]")
    go(seats["chair"], "decisions/y1")
    seats["chair"].click("form[action$='do/DeclareOutcome'] button")
    sure(seats["chair"])
    go(seats["north"], "decisions/y1")
    expect(seats["north"].locator("[data-part=outcome]")).to_contain_text("adopted")
    go(seats["east"], "texts/tx1")
    expect(seats["east"].locator(".under")).to_contain_text("adopted")
