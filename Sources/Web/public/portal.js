// Enhancements of the public pages. Every page works without this file.
// Typed text survives a lost connection, chosen files are listed, a form is sent once, clocks count on.
const english = document.documentElement.lang === "en";
const say = (id, en) => (english ? en : id);

/** "sisa 6 menit" / "lewat 4 menit", from an instant. The server wrote the text, in service hours; this clock knows
 * only wall time, so it counts on only within an hour of the instant and leaves every other text as it is. */
function countDown(element) {
  const due = Date.parse(element.dataset.due);
  if (Number.isNaN(due)) return;
  const minutes = Math.ceil((due - Date.now()) / 60000);
  if (Math.abs(minutes) > 60) return;
  const amount = (n) => n + say(" menit", n === 1 ? " minute" : " minutes");
  const text = minutes >= 0
    ? say("sisa ", "") + amount(minutes) + say("", " left")
    : say("lewat ", "") + amount(-minutes) + say("", " late");
  if (element.textContent !== text) element.textContent = text;
  const clock = element.closest(".due, .clock") || element;
  clock.classList.toggle("late", minutes < 0);
}
function countAll() { document.querySelectorAll("[data-due]:not([data-paused])").forEach(countDown); }

/** What was typed is kept in this browser until the form is accepted. Forms with data-rescue="name". */
function rescue(form) {
  const key = "sigap:" + form.dataset.rescue;
  const fields = () => [...form.elements].filter((f) => f.name && f.name !== "_csrf" && f.matches("textarea, select, input:not([type=hidden], [type=password], [type=file])"));
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && Date.now() - kept.at < 7 * 864e5) {
      for (const f of fields()) {
        const value = kept.values[f.name];
        if (value === undefined || f.value !== f.defaultValue || f.defaultValue) continue;
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
document.querySelectorAll("[data-rescued]").forEach((e) => { try { localStorage.removeItem("sigap:" + e.dataset.rescued); } catch { /* off */ } });
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
