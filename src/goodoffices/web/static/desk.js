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
