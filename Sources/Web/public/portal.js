// Enhancements of the public pages. Every page works without this file.
// Typed text survives a lost connection, chosen files are listed, a form is sent once, clocks count on.
const english = document.documentElement.lang === "en";
const say = (id, en) => (english ? en : id);

/** "sisa 6 menit" / "lewat 4 menit". The server says how many seconds of service are left (data-left; empty: the clock
 * stands) and this counts on from there, for two hours at most: what happens to the clock later only the server knows.
 * The bar beside it follows. */
function countDown(element) {
  const left = Number(element.dataset.left || NaN);
  const read = (element.dataset.read ||= String(performance.now()));
  const gone = Math.floor((performance.now() - Number(read)) / 1000);
  if (Number.isNaN(left) || gone < 5 || gone > 7200 || Math.abs(left) > 7200) return;
  const now = left - gone, minutes = Math.floor(Math.abs(now) / 60);
  const amount = minutes < 1 ? say("kurang dari 1 menit", "less than a minute") : minutes + say(" menit", minutes === 1 ? " minute" : " minutes");
  const text = now > 0 ? say("sisa ", "") + amount + say("", " left") : say("lewat ", "") + amount + say("", " past due");
  if (element.textContent !== text) element.textContent = text;
  const clock = element.closest(".due, .clock") || element;
  const bar = (element.closest(".clock, article, .ticketrow, .request") || clock).querySelector("progress");
  const budget = bar ? bar.max : 0;
  if (bar) bar.value = Math.max(0, Math.min(budget, budget - now));
  for (const e of bar ? [clock, bar] : [clock]) {
    e.classList.toggle("late", now <= 0);
    e.classList.toggle("warn", now > 0 && budget > 0 && now * 5 <= budget);
  }
}
function countAll() { document.querySelectorAll("[data-left]").forEach(countDown); }

/** What was typed is kept in this browser until the form is accepted, or for seven days. Forms with data-rescue="name". */
const WEEK = 7 * 864e5;
const untouched = (f) => f.matches("select")
  ? [...f.options].every((o) => o.selected === o.defaultSelected) && ![...f.options].some((o) => o.defaultSelected && o.value)
  : /radio|checkbox/.test(f.type) ? f.checked === f.defaultChecked && !f.defaultChecked : f.value === f.defaultValue && !f.defaultValue;
function rescue(form) {
  const key = "sigap:" + form.dataset.rescue;
  const fields = () => [...form.elements].filter((f) => f.name && f.name !== "_csrf" && f.matches("textarea, select, input:not([type=hidden], [type=password], [type=file])"));
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && Date.now() - kept.at < WEEK) {
      const free = new Set(fields().filter(untouched));
      for (const f of free) {
        const value = kept.values[f.name];
        if (value === undefined) continue;
        if (f.type === "radio" || f.type === "checkbox") f.checked = [].concat(value).includes(f.value);
        else f.value = value;
      }
    }
  } catch { /* storage is off: nothing is kept */ }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = {};
      for (const f of fields()) if (!/radio|checkbox/.test(f.type)) values[f.name] = f.value.slice(0, 20000);
        else if (f.checked) values[f.name] = (values[f.name] || []).concat(f.value);
      try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), values })); } catch { /* full or off */ }
    }, 400);
  });
}
/** What nobody came back for is removed: the browser may be a shared one. */
try {
  for (const key of Object.keys(localStorage).filter((k) => k.startsWith("sigap:"))) {
    const at = key === "sigap:pintasan" ? Date.now() : JSON.parse(localStorage.getItem(key) || "{}")?.at;
    if (!(Date.now() - at < WEEK)) localStorage.removeItem(key);
  }
} catch { /* storage is off, or holds another's words */ }

/** The list under a file field: name, size, what is too large, remove. */
function listFiles(input) {
  const list = input.parentElement.querySelector("[data-file-list]");
  if (!list) return;
  const size = (n) => (n < 1e6 ? Math.max(1, Math.round(n / 1e3)) + " kB" : (n / 1e6).toLocaleString(english ? "en" : "id", { maximumFractionDigits: 1 }) + " MB");
  const show = () => {
    list.hidden = !input.files.length;
    list.replaceChildren(...[...input.files].map((file, index) => {
      const row = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const note = document.createElement("span");
      note.className = "quiet small";
      note.textContent = size(file.size);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "button slim";
      remove.textContent = say("Hapus", "Remove");
      remove.setAttribute("aria-label", remove.textContent + " " + file.name);
      remove.addEventListener("click", () => {
        const rest = new DataTransfer();
        [...input.files].forEach((f, i) => { if (i !== index) rest.items.add(f); });
        input.files = rest.files;
        show();
        input.focus();
      });
      row.append(name, note, remove);
      if (file.size > 15 * 1048576 || index >= 10) {
        const bad = document.createElement("span");
        bad.className = "bad small";
        bad.textContent = index >= 10 ? say("Paling banyak 10 berkas.", "At most 10 files.") : say("Lebih dari 15 MB, tidak akan terkirim.", "Over 15 MB, will not be sent.");
        row.append(bad);
      }
      return row;
    }));
  };
  // Choosing again adds to what was chosen before.
  let before = [];
  input.addEventListener("click", () => { before = [...input.files]; });
  input.addEventListener("change", () => {
    if (input.multiple && before.length) {
      const all = new DataTransfer();
      const known = new Set();
      for (const f of [...before, ...input.files]) {
        const id = f.name + f.size + f.lastModified;
        if (!known.has(id)) { known.add(id); all.items.add(f); }
      }
      input.files = all.files;
    }
    show();
  });
}

/** A form is sent once; if the page is still there after 20 seconds, it may be sent again. Asked at the document, after
    the form's own listeners: one of them may hold the form back (`data-undo`). */
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  form.querySelectorAll("button:not([type=button])").forEach((b) => b.setAttribute("aria-disabled", "true"));
  setTimeout(() => release(form), 20000);
});
function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
}

/** A password can be looked at while it is typed. */
function showable(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button slim plain";
  const name = () => { button.textContent = input.type === "password" ? say("Tampilkan kata sandi", "Show password") : say("Sembunyikan kata sandi", "Hide password"); };
  button.addEventListener("click", () => { input.type = input.type === "password" ? "text" : "password"; name(); });
  input.form?.addEventListener("submit", () => { input.type = "password"; name(); });
  name();
  input.after(button);
}

export function enhance(root = document) {
  root.querySelectorAll("input[type=password]").forEach(showable);
  root.querySelectorAll("form[data-rescue]").forEach(rescue);
  root.querySelectorAll("input[data-files]").forEach(listFiles);
}
/** A page that says `data-rescued="name"` has accepted that form: what was kept is forgotten. */
document.querySelectorAll("[data-rescued]").forEach((e) => { try { e.dataset.rescued.split(" ").forEach((name) => localStorage.removeItem("sigap:" + name)); } catch { /* off */ } });
document.querySelectorAll("[data-print]").forEach((b) => { b.hidden = false; b.addEventListener("click", () => print()); });
document.querySelector("[data-errors]")?.focus();
addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release); });
enhance();
countAll();
setInterval(countAll, 5000);
/** The requester's page: news are told, nothing moves by itself. Staff pages have their own way in sigap.js. */
const line = document.querySelector(".portal [data-live]"), news = document.querySelector("[data-news]");
if (line && news && "EventSource" in window) {
  const source = new EventSource(line.dataset.live);
  source.onmessage = (event) => {
    try { if (JSON.parse(event.data).version > Number(line.dataset.version)) news.hidden = false; } catch { /* not for us */ }
  };
  addEventListener("pagehide", () => source.close());
}
export { say, countAll };
