// A sentence that played seats read is put where somebody writes.
"use strict";
let written = null;
document.addEventListener("focusin", ({ target }) => { if (target.matches("textarea")) written = target; });
document.addEventListener("click", ({ target }) => {
  const chosen = target.closest?.("[data-say]"), open = document.querySelector("details[open] textarea");
  const field = written?.isConnected ? written : open ?? document.querySelector("textarea");
  if (!chosen || !field) return;
  const stand = chosen.closest(".points").querySelector("[data-stand]").value;
  field.value = `${field.value.trimEnd()}${field.value.trim() ? "\n" : ""}${chosen.dataset.say} ${stand}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
