// Keeps an open page up to date: reads this seat's stream, puts changed parts in place, never over somebody's words.
"use strict";
const html = document.documentElement, link = document.getElementById("link"), voice = document.getElementById("voice");
const { base, page } = html.dataset;
let stop = null, wait = 500, quiet = 0, ended = false;
const policy = window.trustedTypes ? trustedTypes.createPolicy("parts", { createHTML: (text) => text }) : { createHTML: (text) => text };

const state = (name) => {
  link.className = name === "on" ? "link on" : name === "wait" ? "link" : "link off";
  link.textContent = link.dataset[name];
  if (name === "on") document.dispatchEvent(new Event("linked"));
};

const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const arm = (root) => {
  for (const field of root.querySelectorAll("input[name=_csrf]")) field.value = html.dataset.csrf;
  for (const field of root.querySelectorAll("input[name=_key]")) field.value = key();
};

// A form with words in it, or the one that holds the focus, is somebody's work.
const touched = (part) => {
  const at = document.activeElement;
  if (at && part.contains(at) && at.matches("input, textarea, select, button, summary")) return true;
  return Array.from(part.querySelectorAll("textarea, input:not([type=hidden]), select")).some((field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? Array.from(field.options).some((o) => o.defaultSelected) && !field.selectedOptions[0]?.defaultSelected
    : field.value !== field.defaultValue);
};

const made = (text) => {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(text);
  return template.content.firstElementChild;
};

// What can still be undone: count its seconds down, then show what became of it where it was sent, unless somebody is
// writing there. Whoever reads another page by then is left in peace.
const isElsewhere = (bar) => new URL(bar.dataset.page, location).pathname !== location.pathname;
const count = (root) => {
  for (const bar of root.querySelectorAll(".undo-bar")) {
    if (bar.dataset.began) continue;
    bar.dataset.began = Date.now();
    const shown = bar.querySelector(".left"), step = setInterval(() => {
      if (!bar.isConnected) return clearInterval(step);
      const left = bar.dataset.left - (Date.now() - bar.dataset.began) / 1000;
      if (shown) shown.textContent = Math.max(0, Math.ceil(left));
      if (left > -0.5) return;
      clearInterval(step);
      if (isElsewhere(bar) || Array.from(document.querySelectorAll("main .part")).some(touched)) bar.remove();
      else location.assign(bar.dataset.then);
    }, 200);
  }
};

const swap = (old, fresh) => {
  const open = Array.from(old.querySelectorAll("details[open][id]"), (d) => d.id);
  arm(fresh);
  old.replaceWith(fresh);
  count(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  fresh.classList.add("fresh");
};

const place = (name, text) => {
  const old = document.querySelector(`[data-part="${name}"]`), fresh = made(text);
  if (!old || !fresh) return;
  if (name === "undo") {
    const left = new Set(Array.from(fresh.querySelectorAll(".undo-bar"), (bar) => bar.dataset.then));
    const gone = Array.from(old.querySelectorAll(".undo-bar")).find((bar) => !left.has(bar.dataset.then) && !isElsewhere(bar));
    swap(old, fresh);
    if (gone && !Array.from(document.querySelectorAll("main .part")).some(touched)) location.assign(gone.dataset.then);
    return;
  }
  if (!touched(old)) return swap(old, fresh);
  old.querySelector(":scope > .meanwhile")?.remove();
  const line = document.createElement("p"), show = document.createElement("button");
  line.className = "meanwhile";
  line.append(link.dataset.changed, " ", show);
  show.type = "button"; show.className = "button quiet"; show.textContent = link.dataset.show;
  show.addEventListener("click", () => swap(old, fresh));
  old.prepend(line);
};

// How many things need this seat stands in the title too, and what came last in a quiet line on other pages than Home.
const title = document.title.replace(/^\(\d+\) /, "");
const counted = () => {
  const badge = document.querySelector(".badge b");
  document.title = badge ? `(${badge.textContent}) ${title}` : title;
};
const news = (say) => {
  counted();
  const line = document.getElementById("news");
  if (!line || !page || !say) return;
  line.querySelector("a").textContent = say;
  line.hidden = false;
};

const taken = (event) => {
  const data = event.data ? JSON.parse(event.data) : {};
  if (event.name === "notice") {
    for (const [name, text] of Object.entries(data.parts)) place(name, text);
    html.dataset.n = data.n;
    html.dataset.head = data.head;
    document.getElementById("mark").textContent = data.head.slice(0, 4) + " " + data.head.slice(4, 8);
    voice.textContent = data.say;
    news(data.say);
  } else if (event.name === "parts") {
    for (const [name, text] of Object.entries(data.parts)) place(name, text);
    counted();
  } else if (event.name === "ready") { state("on"); wait = 500; }
  else if (event.name === "resync") {
    // Words typed here stay; the parts of the page come with the next notice.
    if (Array.from(document.querySelectorAll("main .part")).some(touched)) html.dataset.n = data.n; else location.reload();
  }
  else if (event.name === "rewound") { ended = true; state("rewound"); }
  else if (event.name === "closed") { ended = true; state("ended"); }
};

const parse = (frame) => {
  const event = { name: "message", data: "" };
  for (const line of frame.split("\n")) {
    if (line.startsWith("event: ")) event.name = line.slice(7);
    if (line.startsWith("data: ")) event.data += line.slice(6);
  }
  return event;
};

const listen = async () => {
  if (stop || ended || document.visibilityState === "hidden") return;
  stop = new AbortController();
  try {
    const answer = await fetch(`${base}/stream?page=${encodeURIComponent(page)}&q=${encodeURIComponent(location.search)}`,
      { headers: { "Last-Event-ID": html.dataset.n, Accept: "text/event-stream" }, signal: stop.signal, cache: "no-store" });
    if (answer.status === 404) { ended = true; return state("ended"); }
    if (!answer.ok) throw new Error("busy");
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      quiet = Date.now();
      const { value, done } = await reader.read();
      if (done) break;
      const frames = (rest + value).split("\n\n");
      rest = frames.pop();
      for (const frame of frames) taken(parse(frame));
    }
  } catch (error) { /* the server is away: try again below */ }
  stop = null;
  if (ended || document.visibilityState === "hidden") return;
  state("off");
  setTimeout(listen, wait + Math.random() * wait);
  wait = Math.min(wait * 2, 8000);
};

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") stop?.abort(); else setTimeout(listen, 0);
});
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button) setTimeout(() => { button.disabled = !event.defaultPrevented; }, 0);
  setTimeout(() => { if (button) button.disabled = false; }, 4000);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted && !Array.from(document.querySelectorAll("main .part")).some(touched)) location.reload();
});
setInterval(() => { if (stop && Date.now() - quiet > 20000) stop.abort(); }, 5000);

// The desk names days and months: few browsers know Kazakh.
const clock = document.querySelector(".clock bdi"), began = Date.now(), start = document.querySelector(".clock").dataset, names = start.names.split("|");
setInterval(() => {
  const run = document.querySelector("[data-run]")?.dataset, passed = Date.now() - began;
  const since = run?.run > 0 ? Math.max(0, start.now * 1000 + passed - run.real * 1000) * run.pace : 0;
  const at = new Date(run ? run.at * 1000 + since : start.clock * 1000 + passed);
  const [day, month, year, time] = at.toLocaleString("en-GB", { timeZone: start.zone, dateStyle: "short", timeStyle: "short" }).split(/\/|, /);
  clock.textContent = `${names[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]} ${+day} ${names[+month + 6]} ${year}${start.comma}${time}`;
}, 1000);

// Five minutes before the longest time of a session is over, say so.
const ending = document.getElementById("ending");
setInterval(() => { ending.hidden = ended || start.left * 1000 - (Date.now() - began) > 300000; }, 1000);

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  const seek = document.getElementById("seek");
  event.preventDefault();
  if (seek && seek.offsetParent) { seek.focus(); seek.select(); } else location.assign(`${base}/find`);
});
arm(document);
count(document);
counted();
document.getElementById("refused")?.scrollIntoView({ block: "nearest" });
// A page that just came is not offline yet.
state("wait");
setTimeout(() => { if (link.className === "link" && stop) state("off"); }, 3000);
listen();
