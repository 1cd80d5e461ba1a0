// Two sliders that are the ends of a range: what they show, and that the lower end is never above the upper; a
// rehearsal that goes on.
"use strict";
document.addEventListener("input", ({ target: slider }) => {
  if (slider.type !== "range") return;
  const ends = Array.from(slider.closest("fieldset").querySelectorAll("[type=range]")), [low, high] = ends;
  if (Number(low.value) > Number(high.value)) (slider === low ? high : low).value = slider.value;
  for (const end of ends) end.nextElementSibling.textContent = end.value;
});
if (document.querySelector("[data-busy]")) setTimeout(() => location.reload(), 900);
