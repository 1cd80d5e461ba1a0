// Keys of the attendance table, while the focus is in it; the speaker's clock; words chosen in the pen's fields.
"use strict";
const rowsOf = (table) => Array.from(table.querySelectorAll("tr[data-key]"));
const marksOf = (row) => Array.from(row.querySelectorAll("input[type=radio]:not([disabled])"));
const choose = (field) => { if (field) { field.checked = true; field.focus(); } };

document.addEventListener("keydown", (event) => {
  const table = event.target.closest?.("table[data-keys]");
  if (!table || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = rowsOf(table).find((one) => one.dataset.key && one.dataset.key === event.key);
  if (row) {
    const marks = marksOf(row), at = marks.findIndex((mark) => mark.checked);
    choose(marks[(at + 1) % marks.length]);
    event.preventDefault();
  } else if (event.key.toLowerCase() === "a") {
    for (const one of rowsOf(table)) {
      const marks = marksOf(one);
      if (!marks.some((mark) => mark.checked) && marks[0]) marks[0].checked = true;
    }
    event.preventDefault();
  }
});

const shown = (seconds) => {
  const whole = Math.abs(seconds), rest = String(whole % 60).padStart(2, "0");
  return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${rest}`;
};
setInterval(() => {
  for (const clock of document.querySelectorAll("[data-left-now][data-running]")) {
    clock.dataset.began ??= String(Date.now());
    const left = Number(clock.dataset.leftNow) - Math.round((Date.now() - Number(clock.dataset.began)) / 1000);
    clock.textContent = shown(left);
    clock.parentElement.classList.toggle("over", left < 0);
  }
}, 250);

// The line of a note while it is typed: what it will be kept as, and the last line back with the arrow up.
const keysIn = (id) => new Map(Array.from(document.querySelectorAll(`#${id} li`), (row) => [row.querySelector("kbd").textContent, row.textContent.replace(row.querySelector("kbd").textContent, "").trim()]));
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.name !== "line") return;
  const shown = document.querySelector(".kept-as");
  if (!field.value.trim()) { shown.textContent = ""; document.querySelector("[name=replaces]")?.remove(); return; }
  const [said, ...rest] = field.value.split(" >"), words = said.trim().split(/\s+/), speakers = keysIn("speaker-keys"), levels = keysIn("level-keys");
  const who = speakers.get(words[0].toLowerCase()), level = field.value.split(/\s+/).filter((word) => levels.has(word)).pop() ?? "/n";
  const text = words.slice(who ? 1 : 0).filter((word) => !levels.has(word) && word !== "!").join(" ");
  const todo = rest.join(" >").split(/\s+/).filter((word) => !levels.has(word)).join(" ");
  const label = document.querySelector("[name=replaces]") ? shown.dataset.correct : shown.dataset.kept;
  shown.replaceChildren(`${label} `);
  const name = document.createElement("strong"), inside = document.createElement("bdi");
  name.textContent = who ? `${who}: ` : "";
  inside.textContent = text;
  shown.append(name, inside, ` [${levels.get(level)}]`, todo ? ` → ${todo}` : "");
});
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (field.name !== "line" || event.key !== "ArrowUp" || field.value || !field.dataset.last) return;
  const place = document.createElement("input");
  place.type = "hidden"; place.name = "replaces"; place.value = field.dataset.lastHandle;
  field.form.append(place);
  field.value = field.dataset.last;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  event.preventDefault();
});

// Arrow keys in a grid of cells, as in a sheet.
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("table[data-grid] td");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const ahead = document.dir === "rtl" ? -1 : 1;
  const steps = { ArrowRight: [0, ahead], ArrowLeft: [0, -ahead], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  if (!steps) return;
  const row = cell.parentElement, rows = Array.from(row.parentElement.rows);
  const next = rows[rows.indexOf(row) + steps[0]]?.cells[cell.cellIndex + steps[1]];
  next?.querySelector("a.cell")?.focus();
  event.preventDefault();
});

// A calculation that goes on: the page is asked for again until it is over.
if (document.querySelector("[data-busy]")) setTimeout(() => location.reload(), 900);
