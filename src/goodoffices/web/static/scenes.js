// Shows the scenes of the demonstration one after the other. Without a script they all stand there.
const scenes = [...document.querySelectorAll(".scene")];
const atOnce = document.getElementById("at-once");
const show = (scene) => {
  if (!scene.hidden) return;
  scene.hidden = false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scene.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
};
const timers = scenes.map((scene) => {
  const seconds = Number(scene.dataset.second);
  scene.hidden = seconds > 0;
  return setTimeout(() => show(scene), seconds * 1000);
});
atOnce.hidden = false;
atOnce.addEventListener("click", () => {
  timers.forEach(clearTimeout);
  scenes.forEach((scene) => { scene.hidden = false; });
  atOnce.hidden = true;
});
