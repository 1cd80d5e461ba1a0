// The line of a note while it is typed, and the last one back; arrow keys in a grid; a calculation that goes on.
"use strict";
const keysIn = (id) => new Map(Array.from(document.querySelectorAll(`#${id} li`), (row) => {
  const key = row.querySelector("kbd").textContent;
  return [key, row.textContent.replace(key, "").trim()];
}));
document.addEventListener("input", ({ target: field }) => {
  if (field.name !== "line") return;
  const shown = document.querySelector(".kept-as"), last = document.querySelector("[name=replaces]");
  shown.textContent = "";
  if (!field.value.trim()) { last?.remove(); return; }
  const speakers = keysIn("speaker-keys"), levels = keysIn("level-keys");
  const [said, ...rest] = field.value.split(" >"), words = said.trim().split(/\s+/);
  const who = speakers.get(words[0].toLowerCase());
  const level = field.value.split(/\s+/).findLast((word) => levels.has(word)) ?? "/n";
  const plain = (list) => list.filter((word) => !levels.has(word) && word !== "!").join(" ");
  const name = document.createElement("strong"), text = document.createElement("bdi"), todo = plain(rest.join(" >").split(/\s+/));
  const arrow = document.createElement("span");
  arrow.className = "arrow";
  arrow.textContent = "→";
  name.textContent = who ? `${who}: ` : "";
  text.textContent = plain(words.slice(who ? 1 : 0));
  shown.append(`${last ? shown.dataset.correct : shown.dataset.kept} `, name, text, ` [${levels.get(level)}]`, ...(todo ? [" ", arrow, ` ${todo}`] : []));
});
document.addEventListener("keydown", (event) => {
  const field = event.target, cell = field.closest?.("table[data-grid] td");
  if (field.name === "line" && event.key === "ArrowUp" && !field.value && field.dataset.last) {
    const place = Object.assign(document.createElement("input"), { type: "hidden", name: "replaces", value: field.dataset.lastHandle });
    field.form.append(place);
    field.value = field.dataset.last;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    event.preventDefault();
  }
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const ahead = document.dir === "rtl" ? -1 : 1, rows = cell.closest("tbody").rows;
  const step = { ArrowRight: [0, ahead], ArrowLeft: [0, -ahead], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  if (!step) return;
  rows[cell.parentElement.sectionRowIndex + step[0]]?.cells[cell.cellIndex + step[1]]?.querySelector("a.cell")?.focus();
  event.preventDefault();
});
if (document.querySelector("[data-busy]")) setTimeout(() => location.reload(), 900);
