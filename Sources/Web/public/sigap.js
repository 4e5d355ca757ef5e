// Enhancements of the staff pages. Every page works without this file.
//
// data-live="/url"           on any element: server-sent events from there. Event data is JSON {id?, page?}: the element
//                            [data-live-id=id] is fetched anew from its data-fragment and replaced; without id, or when
//                            nothing fits, the reload hint appears (not with "page": false: this page can do without).
//                            Nothing moves under the pointer or the focus. {id, text}: the text of [data-live-text=id].
// data-live-region           on elements with an id: whatever the news, the page is fetched anew and they are replaced.
// data-draft="/url"          on a form: its fields are posted there after a pause in typing.
// data-undo                  on a form: sending waits ten seconds and can be taken back.
// data-row                   on a link: j and k move over these, o opens.
// data-key="a"               on a button or link: that key presses it.
// data-stage-form, data-reply, data-note: where s, r and n put the cursor.
import { enhance, say, countAll } from "./portal.js";

const token = () => document.querySelector("meta[name=csrf]")?.content || "";
const loaded = Date.now();

// Live -------------------------------------------------------------------------------------------------------------
const chip = document.querySelector("[data-connection]");
let lastWord = loaded, connected = null;
function showConnection() {
  if (!chip || connected === null) return;
  chip.hidden = false;
  const minutes = Math.floor((Date.now() - lastWord) / 60000);
  const state = connected ? say("Terhubung", "Connected") : say("Terputus", "Disconnected");
  const age = connected || minutes < 1 ? "" : say(`data ${minutes} menit lalu`, `data ${minutes} min old`);
  if (chip.dataset.state === state + age) return;
  chip.dataset.state = state + age;
  const badge = document.createElement("span");
  badge.className = "chip " + (connected ? "good" : "warn");
  badge.textContent = state;
  chip.replaceChildren(badge, age);
  if (!connected) {
    const again = document.createElement("a");
    again.href = location.href;
    again.textContent = say("Muat ulang", "Reload");
    chip.append(again);
  }
}
function offerReload() {
  if (document.querySelector("[data-reload]")) return;
  notice(say("Ada perubahan baru di halaman ini.", "There is something new on this page."), say("Muat ulang", "Reload"), () => location.reload()).dataset.reload = "";
}
const waiting = new Map();
const busy = (e) => e.matches(":hover, :focus-within") && (e.querySelector("textarea, input") || e.matches(":focus-within"));
async function patch(id, page) {
  const old = document.querySelector(`[data-live-id="${CSS.escape(id)}"]`);
  if (!old || !old.dataset.fragment) return page === false ? undefined : offerReload();
  if (busy(old)) { waiting.set(id, true); return; }
  waiting.delete(id);
  try {
    const answer = await fetch(old.dataset.fragment, { headers: { "X-Requested-With": "fragment" } });
    if (!answer.ok || answer.redirected) return offerReload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    if (!fresh) { old.remove(); return; }
    if (busy(old)) { waiting.set(id, true); return; }
    old.replaceWith(fresh);
    fresh.classList.add("fresh");
    enhance(fresh);
    countAll();
  } catch { /* the next event or the reload link brings it */ }
}
// Regions: lists in which a ticket moves from place to place. Three seconds between two looks; one in use waits longer.
const regions = [...document.querySelectorAll("[data-live-region][id]")].map((e) => e.id);
let looking = false, lookAgain = false;
const inUse = (e) => e.matches(":hover, :focus-within") || Boolean(e.querySelector(":checked"));
async function lookAtRegions() {
  if (looking) { lookAgain = true; return; }
  looking = true;
  lookAgain = false;
  let pause = 3000;
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fragment" } });
    if (!answer.ok || answer.redirected) return offerReload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of regions) {
      const old = document.getElementById(id), fresh = page.getElementById(id);
      if (!old || !fresh) continue;
      if (inUse(old)) { lookAgain = true; pause = 10000; continue; }
      if (old.innerHTML === fresh.innerHTML) continue;
      old.replaceWith(fresh);
      enhance(fresh);
    }
    countAll();
  } catch { lookAgain = true; } finally {
    setTimeout(() => { looking = false; if (lookAgain) lookAtRegions(); }, pause);
  }
}
function live(element) {
  const address = new URL(element.dataset.live, location.href);
  let source = null;
  const open = () => {
    const old = source;
    source = new EventSource(address);
    source.onopen = () => {
      old?.close();
      if (connected === false && lastWord !== loaded) (regions.length ? lookAtRegions : offerReload)();
      connected = true;
      lastWord = Date.now();
      showConnection();
    };
    source.onerror = () => { connected = false; showConnection(); };
    source.onmessage = (event) => {
      lastWord = Date.now();
      let news = {};
      try { news = JSON.parse(event.data) || {}; } catch { return; }
      if (regions.length) {
        lookAtRegions();
      } else if (news.text !== undefined && news.id) {
        document.querySelectorAll(`[data-live-text="${CSS.escape(String(news.id))}"]`).forEach((e) => { e.textContent = String(news.text); });
      } else if (news.id) patch(String(news.id), news.page); else if (news.page) offerReload();
    };
    source.addEventListener("ping", () => { lastWord = Date.now(); });
  };
  connected = false;
  open();
  // The others at a ticket see who writes what: the stream is opened anew with the name of the form.
  if (address.searchParams.has("tiket")) addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form[data-draft]") : null;
    const name = form?.dataset.draft.split("/").pop();
    if (!name || address.searchParams.get("menulis") === name) return;
    address.searchParams.set("menulis", name);
    open();
  });
  addEventListener("pagehide", () => source.close());
}
const stream = document.querySelector("[data-live]");
if (stream && "EventSource" in window) live(stream);
setInterval(() => { showConnection(); for (const id of [...waiting.keys()]) patch(id); }, 3000);

// Notices ----------------------------------------------------------------------------------------------------------
function notice(text, action, act) {
  const bar = document.createElement("div");
  bar.className = "bar";
  bar.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button slim";
  button.textContent = action;
  button.addEventListener("click", () => { bar.remove(); act(); });
  bar.append(words, button);
  document.body.append(bar);
  return bar;
}

// Ten seconds to take back what was sent ---------------------------------------------------------------------------
function undoable(form) {
  let timer, bar, ready = false;
  form.addEventListener("submit", (event) => {
    if (ready) return;
    event.preventDefault();
    if (timer) return;
    const submitter = event.submitter;
    let left = 10;
    const words = () => say(`Dikirim dalam ${left} detik.`, `Sending in ${left} seconds.`);
    const stop = () => { clearInterval(timer); timer = undefined; bar?.remove(); };
    const go = () => { stop(); ready = true; form.requestSubmit(submitter || undefined); ready = false; };
    bar = notice(words(), say("Batalkan", "Undo"), () => { stop(); form.querySelector("textarea")?.focus(); });
    timer = setInterval(() => {
      left -= 1;
      if (left <= 0) return go();
      bar.firstElementChild.textContent = words();
    }, 1000);
    addEventListener("beforeunload", (e) => { if (timer) { e.preventDefault(); } });
  });
}
document.querySelectorAll("form[data-undo]").forEach(undoable);

// Drafts on the server ---------------------------------------------------------------------------------------------
function keepDraft(form) {
  let timer, saved = "";
  const state = form.querySelector("[data-draft-state]");
  const body = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    return data.toString();
  };
  saved = body();
  const save = async (last) => {
    const now = body();
    if (now === saved) return;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(now), headers: { "X-CSRF-Token": token() }, keepalive: Boolean(last) && now.length < 60000 });
      if (!answer.ok) throw new Error(String(answer.status));
      saved = now;
      if (state) state.textContent = say("Konsep tersimpan", "Draft saved");
    } catch {
      if (state) state.textContent = say("Konsep belum tersimpan", "Draft not saved yet");
      clearTimeout(timer);
      if (!last) timer = setTimeout(save, 5000);
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1500); });
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && !form.dataset.sent) save(true); });
}
document.querySelectorAll("form[data-draft]").forEach(keepDraft);

// Saved replies: put behind what is typed; without this file the button does the same by a new page ------------------
document.querySelectorAll("select[data-saved-replies]").forEach((list) => {
  list.form?.addEventListener("submit", (event) => {
    const field = document.getElementById(list.dataset.savedReplies);
    const text = list.selectedOptions[0]?.dataset.text;
    if (!field || !text) return;
    event.preventDefault();
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${text}` : text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
});

// Keyboard ---------------------------------------------------------------------------------------------------------
const KEY = "sigap:pintasan";
let on = true;
try { on = localStorage.getItem(KEY) !== "mati"; } catch { /* storage is off */ }
const places = { m: "/meja", p: "/pengawas", k: "/kelola", r: "/registri" };
const keys = [
  ["j / k", say("tiket berikutnya / sebelumnya", "next / previous ticket")], ["o", say("buka tiket", "open ticket")],
  ["a", say("ambil tiket", "take ticket")], ["r", say("balas pemohon", "reply to requester")],
  ["n", say("catatan internal", "internal note")], ["s", say("formulir tahap", "stage form")],
  ["/", say("cari", "search")], ["g m", say("ke meja", "go to desk")], ["g p", say("ke pengawas", "go to supervisor")],
  ["g k", say("ke pengelolaan", "go to administration")], ["?", say("daftar ini", "this list")],
  ["Ctrl Enter", say("kirim formulir", "send the form")],
];
function rowMove(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((r) => r.offsetParent);
  if (!rows.length) return;
  const at = rows.findIndex((r) => r === document.activeElement);
  const from = at >= 0 ? at : rows.findIndex((r) => r.getAttribute("aria-current") === "true");
  rows[Math.min(rows.length - 1, Math.max(0, from < 0 ? 0 : from + step))].focus();
}
function into(selector) {
  const form = document.querySelector(selector);
  const field = form?.querySelector("textarea, input:not([type=hidden]), select");
  if (!field) return false;
  field.scrollIntoView({ block: "center" });
  field.focus();
  return true;
}
function help() {
  const open = document.querySelector("dialog[data-help]");
  if (open) { open.close(); return; }
  const box = document.createElement("dialog");
  box.dataset.help = "";
  box.setAttribute("aria-labelledby", "pintasan-judul");
  const title = document.createElement("h2");
  title.id = "pintasan-judul";
  title.textContent = say("Pintasan papan tik", "Keyboard shortcuts");
  const list = document.createElement("dl");
  list.className = "keys";
  for (const [key, text] of keys) {
    const dt = document.createElement("dt"), dd = document.createElement("dd"), kbd = document.createElement("kbd");
    kbd.textContent = key;
    dd.textContent = text;
    dt.append(kbd);
    list.append(dt, dd);
  }
  const label = document.createElement("label");
  label.className = "choice";
  const check = document.createElement("input");
  check.type = "checkbox";
  check.checked = on;
  check.addEventListener("change", () => {
    on = check.checked;
    try { localStorage.setItem(KEY, on ? "nyala" : "mati"); } catch { /* storage is off */ }
  });
  label.append(check, say("Pintasan satu huruf nyala", "Single-letter shortcuts on"));
  const close = document.createElement("button");
  close.className = "button";
  close.type = "button";
  close.textContent = say("Tutup", "Close");
  close.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  box.append(title, list, label, document.createElement("p"), close);
  document.body.append(box);
  box.showModal();
}
const helpButton = document.querySelector("[data-shortcuts]");
if (helpButton) { helpButton.hidden = false; helpButton.addEventListener("click", help); }
let going = 0;
addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = target.closest("form");
    if (form && form.method === "post") { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.key === "Escape" && target.matches("textarea, input")) { target.blur(); return; }
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  const key = event.key;
  if (going && Date.now() - going < 1500) {
    going = 0;
    const link = places[key] && document.querySelector(`.places a[href="${places[key]}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  const acts = {
    j: () => rowMove(1), k: () => rowMove(-1),
    o: () => (target.matches("[data-row]") ? (target.click(), true) : false),
    r: () => into("[data-reply]"), n: () => into("[data-note]"), s: () => into("[data-stage-form]"),
    "/": () => { const f = document.querySelector("#cari"); f?.focus(); f?.select(); },
    g: () => { going = Date.now(); }, "?": help,
  };
  const button = key.length === 1 && /[a-z]/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (button) { event.preventDefault(); button.click(); } else if (Object.hasOwn(acts, key)) { event.preventDefault(); acts[key](); }
});
