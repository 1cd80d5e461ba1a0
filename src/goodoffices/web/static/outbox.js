// What could not be sent is kept on this page, says where it is, and goes when the desk answers again. Never in storage.
"use strict";
const box = document.getElementById("outbox"), rows = new Map();

const reached = () => !link.classList.contains("off") && navigator.onLine;
const wordsOf = (form) => {
  const typed = Array.from(form.querySelectorAll("textarea, input:not([type])")).map((field) => field.value.trim()).find(Boolean);
  return typed && typed.length > 60 ? `${typed.slice(0, 59)}…` : typed || "";
};
const isOpen = (row) => ["kept", "away", "ended"].includes(row.state);

const show = (row) => {
  row.line.dataset.state = row.state;
  row.what.textContent = row.say || box.dataset[row.state];
  row.go.hidden = row.state !== "received";
  row.send.hidden = !["kept", "ended", "refused"].includes(row.state);
  row.back.hidden = !isOpen(row) && row.state !== "refused";
  box.hidden = rows.size === 0;
};

const button = (label, act) => {
  const one = document.createElement("button");
  one.type = "button"; one.className = "button quiet"; one.textContent = label;
  one.addEventListener("click", act);
  return one;
};

const keep = (form, submitter) => {
  const body = new URLSearchParams(new FormData(form, submitter)), key = body.get("_key");
  rows.get(key)?.line.remove();
  const row = { form, submitter, body, action: form.action, state: ended ? "ended" : "kept", at: Date.now(), many: form.action.endsWith("FileAllegation"), line: document.createElement("li") };
  const words = document.createElement("bdi"), state = document.createElement("span");
  words.className = "said"; words.dir = "auto"; words.textContent = wordsOf(form);
  state.className = "where"; row.what = state;
  row.go = document.createElement("a"); row.go.textContent = box.dataset.open; row.go.className = "button quiet";
  row.send = button(box.dataset.send, () => send(row, true));
  row.back = button(box.dataset.back, () => { drop(key); if (row.many) refill(form, body); form.scrollIntoView({ block: "center" }); form.querySelector("textarea, input:not([type=hidden])")?.focus(); });
  row.line.append(state, words, row.go, row.send, row.back);
  rows.set(key, row);
  box.querySelector("ul").append(row.line);
  became(row, row.state);
  if (row.many) { form.reset(); arm(form); } // the next one is another, and takes no kept one's place
};

const refill = (form, body) => {
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = body.getAll(field.name).includes(field.value);
    else if (body.has(field.name)) field.value = body.get(field.name);
  }
};

const drop = (key) => { rows.get(key)?.line.remove(); rows.delete(key); box.hidden = rows.size === 0; };

// A new sign-in has another token; the page of the same seat says it.
const renewed = async () => {
  const answer = await fetch(`${base}/me`, { cache: "no-store" });
  const found = answer.ok && (await answer.text()).match(/data-csrf="(\w+)"/);
  if (found) html.dataset.csrf = found[1];
  return Boolean(found);
};

const became = (row, state, say) => { row.state = state; row.say = say; show(row); voice.textContent = row.what.textContent; };

const send = async (row, again) => {
  if (row.state === "away") return;
  became(row, "away");
  try {
    if (ended || again) { if (!await renewed()) return became(row, "ended"); }
    row.body.set("_csrf", html.dataset.csrf);
    const answer = await fetch(row.action, { method: "POST", body: row.body, headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 404) return became(row, "ended");
    if (answer.status === 503 || answer.status === 429) return became(row, "kept");
    const said = answer.headers.get("content-type").startsWith("application/json") ? await answer.json() : {};
    if (!answer.ok) {
      // A second look, or a refusal with its field, is shown as ever: by the page that this form leads to.
      if (said.code === "look_again" || said.code === "two_persons") { drop(row.body.get("_key")); return row.form.isConnected ? row.form.requestSubmit(row.submitter) : undefined; }
      return became(row, "refused", said.say);
    }
    row.go.href = said.go;
    became(row, "received");
    if (!row.many) {
      for (const field of row.form.querySelectorAll("textarea, input:not([type=hidden])")) field.value = field.defaultValue;
      arm(row.form);
    }
    row.form.closest(".part")?.querySelector(":scope > .meanwhile button")?.click();
    // Answered at once: as if the form had been sent.
    if (ended || (rows.size === 1 && !row.many && Date.now() - row.at < 4000)) location.assign(said.go);
  } catch (error) { became(row, "kept"); }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (reached() || form.method !== "post" || form.enctype.startsWith("multipart") || !form.elements._key) return;
  if (form.querySelector("input[type=password]")) return; // a passphrase is kept nowhere, not even on the page
  event.preventDefault();
  keep(form, event.submitter);
});
document.addEventListener("linked", () => { for (const row of rows.values()) if (row.state === "kept") send(row, false); });
setInterval(() => { if (reached()) document.dispatchEvent(new Event("linked")); }, 5000);
let leaving = false;
document.addEventListener("submit", (event) => { leaving = !event.defaultPrevented; setTimeout(() => { leaving = false; }, 4000); });
window.addEventListener("beforeunload", (event) => {
  const typed = Array.from(document.querySelectorAll("main textarea")).some((field) => field.value !== field.defaultValue);
  if (Array.from(rows.values()).some(isOpen) || (typed && !leaving)) event.preventDefault();
});
