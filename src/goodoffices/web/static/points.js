// A sentence that played seats read is put into the field of its form, and the field says in which language it is.
"use strict";
document.addEventListener("click", ({ target }) => {
  const chosen = target.closest?.("[data-say]"), field = chosen?.closest("form")?.querySelector("textarea");
  if (!field) return;
  const sheet = chosen.closest(".points"), stand = sheet.querySelector("[data-stand]").value;
  const language = field.form.elements[`${field.name}.lang`];
  if (language) language.value = sheet.querySelector(".sayings").lang;
  field.value = `${field.value.trimEnd()}${field.value.trim() ? "\n" : ""}${chosen.dataset.say} ${stand}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
