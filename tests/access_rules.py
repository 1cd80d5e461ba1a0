"""What axe finds on a page against the rules of WCAG 2.2 A and AA; the contrast of each text is looked at once.

Most of what axe costs on a long page is contrast, and pages repeat themselves: the frame of every page, the rows of a
table, the same page in another language. Contrast is a matter of the colours of a text, its size, and what it stands
on. So a text of which axe said in this process that its contrast is enough is not looked at again while all of that
is the same, computed by the browser, for it and everything around it. What axe could not judge, and what lies over
other things, is looked at each time. Every other rule is checked on every page, on the whole of it.
"""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_LOOK = """async ([tags, ...known]) => {
  const [enough, unsure] = known.map((keys) => new Set(keys));
  const digest = (text) => {
    let [high, low] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at += 1) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return 4294967296 * (2097151 & (low ^ (low >>> 15))) + ((high ^ (high >>> 13)) >>> 0);
  };
  const grounds = new Map([[null, "."]]);
  const ground = (element) => {  // what stands on it, or "" if it may lie over something else
    if (!grounds.has(element)) {
      const [below, style] = [ground(element.parentElement), getComputedStyle(element)];
      const own = [
        element.tagName, element.className, style.backgroundColor, style.backgroundImage, style.opacity, style.filter,
        style.mixBlendMode, style.backdropFilter, element.matches(":disabled, [aria-disabled=true]"),
        getComputedStyle(element, "::before").content, getComputedStyle(element, "::after").content,
      ];
      const lies = ["static", "relative"].includes(style.position) && style.transform === "none";
      grounds.set(element, below && lies ? String(digest(below + own.join("|"))) : "");
    }
    return grounds.get(element);
  };
  const keyOf = (element) => {
    const [below, style] = [ground(element), getComputedStyle(element)];
    const { color, webkitTextFillColor, fontSize, fontWeight, textShadow } = style;
    const own = [color, webkitTextFillColor, fontSize, fontWeight, textShadow, innerWidth];
    return below && digest(below + own.join("|"));
  };
  const speaks = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const [passed, wrong, doubted, keys, later] = [new Set(), new Set(), new Set(), new Set(), []];
  const mark = "data-axe-looks";
  for (const element of document.body.querySelectorAll("*")) {
    if (!speaks(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const key = keyOf(element);
    if (key && enough.has(key)) continue;
    if (key && !unsure.has(key) && keys.has(key)) later.push([key, element]);
    else element.setAttribute(mark, "");
    keys.add(key);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: `[${mark}]` }] });
  const faults = [];
  const look = async (runOnly) => {
    const found = await axe.run(document, { runOnly, resultTypes: ["violations", "passes"], elementRef: true });
    faults.push(...found.violations.map((one) => [one.id, one.nodes[0].html.slice(0, 200)]));
    const nodesOf = (rules) => rules.filter((one) => one.id === "color-contrast").flatMap((one) => one.nodes);
    const [clean, broken] = [found.passes, found.violations].map((one) => new Set(nodesOf(one).map((n) => n.element)));
    for (const element of document.querySelectorAll(`[${mark}]`)) {
      (clean.has(element) ? passed : broken.has(element) ? wrong : doubted).add(keyOf(element));
      element.removeAttribute(mark);
    }
  };
  await look(tags);
  const rest = later.filter(([key]) => !passed.has(key) || wrong.has(key));
  for (const [, element] of rest) element.setAttribute(mark, "");
  if (rest.length) await look({ type: "rule", values: ["color-contrast"] });
  return [faults, ...[passed, wrong, doubted].map((keys) => [...keys].filter(Boolean))];
}"""

_enough: set[int] = set()
"""Texts, by what their contrast depends on, of which axe said in this process that it is enough."""
_unsure: set[int] = set()
"""Texts of which it never said so; each of them is looked at on every page."""


def violations(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds: the rule and where it is broken first."""
    if not page.evaluate("'axe' in window"):  # a page that is looked at in the dark too has it already
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found, passed, wrong, doubted = page.evaluate(_LOOK, [_RULES, sorted(_enough), sorted(_unsure)])
    _enough.update(passed)
    _enough.difference_update(wrong)
    _unsure.update(doubted, wrong)
    _unsure.difference_update(_enough)
    return [(rule, where) for rule, where in found]
