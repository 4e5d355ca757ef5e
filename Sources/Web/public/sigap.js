// Enhancements of the staff pages. Every page works without this file.
//
// data-draft="/url"          on a form: its fields are posted there after a pause in typing.
// data-undo, ="field=a,b"    on a form: sending waits ten seconds and can be taken back (with a value: only when the field
//                            holds one of these).
// data-saved-replies="id"    on a list in a form: its choice goes behind what stands in the field of that id.
// data-row                   on a link: j and k move over these, o opens.
// data-key="a"               on a button or link: that key presses it.
// data-stage-form, data-reply, data-note: where s, r and n put the cursor.
// data-shortcuts, data-palette: buttons that open the list of keys and the commands.
// What is live on a page is in live.js.
import "./live.js";
import { say } from "./portal.js";
import { notice } from "./notice.js";
import { openPalette } from "./palette.js";

const token = () => document.querySelector("meta[name=csrf]")?.content || "";

// Ten seconds to take back what was sent. Nothing has left this page until then, so nothing has to be called back; what is
// typed lies in its draft on the server meanwhile (docs/adr/0009) ----------------------------------------------------
let held = null;
function hold(form, submitter, send) {
  const until = Date.now() + 10000;
  let timer;
  const stop = () => { clearInterval(timer); held.bar.remove(); held = null; };
  const undo = () => { stop(); form.querySelector("textarea")?.focus(); };
  const go = async () => {
    stop();
    // A draft on its way must not arrive after the form and stand there again.
    await putAway(drafts);
    send(submitter);
  };
  const bar = notice(
    say("Belum terkirim: berangkat sepuluh detik lagi. Esc membatalkan.", "Not sent yet: it goes in ten seconds. Esc takes it back."),
    [say("Kirim sekarang", "Send now"), () => go()], [say("Batalkan", "Undo"), () => undo()]);
  const count = document.createElement("span");
  count.className = "num";
  count.setAttribute("aria-hidden", "true");
  bar.firstElementChild.after(count);
  held = { form, bar, undo };
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) go(); else count.textContent = String(left);
  };
  tick();
  timer = setInterval(tick, 250);
  putAway(drafts);
}
function undoable(form) {
  let ready = false;
  const send = (submitter) => { ready = true; submitNow(form, submitter); ready = false; };
  form.addEventListener("submit", (event) => {
    const [name, values] = form.dataset.undo.split("=");
    if (ready || (values && !values.split(",").includes(new FormData(form).get(name)))) return;
    event.preventDefault();
    hold(form, event.submitter, send);
  });
}
document.querySelectorAll("form[data-undo]").forEach(undoable);
// Sending leaves this page. What waits here goes first, and what is typed into other forms is put away before.
const drafts = [];
let safe = null;
function submitNow(form, submitter) { safe = form; form.requestSubmit(submitter || undefined); safe = null; }
const putAway = (some) => Promise.race([Promise.all(some.map((draft) => draft.save())), new Promise((done) => setTimeout(done, 2000))]);
addEventListener("submit", (event) => {
  const form = event.target, submitter = event.submitter;
  const others = drafts.filter((draft) => draft.form !== form && draft.isDirty());
  if (form.method !== "post" || (!held && (form === safe || !others.length))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (held) {
    if (form !== held.form) held.bar.querySelector("button").focus();
    return;
  }
  putAway(others).then(() => submitNow(form, submitter));
}, true);
addEventListener("beforeunload", (event) => { if (held) event.preventDefault(); });

// Drafts on the server ---------------------------------------------------------------------------------------------
function keepDraft(form) {
  let timer, underWay;
  const state = form.querySelector("[data-draft-state]");
  const body = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    return data.toString();
  };
  let saved = body();
  const save = async (last) => {
    clearTimeout(timer);
    const now = body();
    if (now === saved || form.dataset.sent) return;
    underWay = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(now), headers: { "X-CSRF-Token": token() }, keepalive: Boolean(last) && now.length < 60000, signal: underWay.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      saved = now;
      if (state) state.textContent = say("Konsep tersimpan", "Draft saved");
    } catch {
      if (form.dataset.sent) return;
      if (state) state.textContent = say("Konsep belum tersimpan", "Draft not saved yet");
      if (!last) timer = setTimeout(save, 5000);
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1500); });
  form.addEventListener("submit", (event) => { clearTimeout(timer); if (!event.defaultPrevented) underWay?.abort(); });
  addEventListener("visibilitychange", () => { if (document.hidden && !form.dataset.sent) save(true); });
  drafts.push({ form, save, isDirty: () => body() !== saved });
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
  ["Ctrl K", say("perintah: cari tindakan, halaman, tiket", "commands: search actions, pages, tickets")],
  ["j / k", say("tiket berikutnya / sebelumnya", "next / previous ticket")], ["o", say("buka tiket", "open ticket")],
  ["a", say("ambil tiket yang bebas", "take a free ticket")], ["b", say("ambil tiket berikutnya", "take the next ticket")],
  ["r", say("balas pemohon", "reply to requester")], ["n", say("catatan internal", "internal note")],
  ["s", say("formulir tahap", "stage form")], ["/", say("cari", "search")],
  ["g m", say("ke meja", "go to desk")], ["g p", say("ke pengawas", "go to supervisor")],
  ["g k", say("ke pengelolaan", "go to administration")], ["?", say("daftar ini", "this list")],
  ["Ctrl Enter", say("kirim formulir", "send the form")],
  ["Esc", say("batalkan kiriman yang menunggu", "take back what waits to be sent")],
];
function rowMove(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((r) => r.offsetParent);
  if (!rows.length) return;
  const at = rows.findIndex((r) => r === document.activeElement);
  const from = at >= 0 ? at : rows.findIndex((r) => r.getAttribute("aria-current") === "true");
  rows[Math.min(rows.length - 1, Math.max(0, from < 0 ? 0 : from + step))].focus();
}
const fieldIn = (selector) => document.querySelector(selector)?.querySelector("textarea, input:not([type=hidden]), select");
/** Puts the cursor into the first field there; what is folded around it is opened. */
function into(selector) {
  const field = fieldIn(selector);
  if (!field) return;
  for (let d = field.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  field.scrollIntoView({ block: "center" });
  field.focus();
}
const actions = [
  [say("Formulir tahap", "Stage form"), "[data-stage-form]"], [say("Balas pemohon", "Reply to requester"), "[data-reply]"],
  [say("Tulis catatan internal", "Write an internal note"), "[data-note]"],
].map(([name, place]) => [name, () => into(place), () => Boolean(fieldIn(place))]);
actions.push([say("Pintasan papan tik", "Keyboard shortcuts"), () => help(), () => true]);
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
const commands = () => openPalette(actions);
for (const [mark, open] of [["shortcuts", help], ["palette", commands]]) {
  document.querySelectorAll(`[data-${mark}]`).forEach((button) => { button.hidden = false; button.addEventListener("click", open); });
}
let going = 0;
addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : document.body;
  const inDialog = Boolean(target.closest("dialog"));
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (!document.querySelector("dialog[data-help]")) commands();
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = target.closest("form");
    if (form && form.method === "post") { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.key === "Escape" && held && !inDialog) { event.preventDefault(); held.undo(); return; }
  if (event.key === "Escape" && !inDialog && target.matches("textarea, input")) { target.blur(); return; }
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
    o: () => { if (target.matches("[data-row]")) target.click(); },
    r: () => into("[data-reply]"), n: () => into("[data-note]"), s: () => into("[data-stage-form]"),
    "/": () => { const f = document.querySelector("#cari"); f?.focus(); f?.select(); },
    g: () => { going = Date.now(); }, "?": help,
  };
  const button = key.length === 1 && /[a-z]/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (button) { event.preventDefault(); button.click(); } else if (Object.hasOwn(acts, key)) { event.preventDefault(); acts[key](); }
});
