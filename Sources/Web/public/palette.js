// Ctrl+K: places, actions and tickets by typing their names. Everything in it is also reached without it: the places are
// the page's own links, the actions its own buttons, the tickets are found by the desk's search.
import { say } from "./portal.js";

const plain = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, .sr").forEach((e) => e.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
};
const click = (element) => () => element.click();

function commands(actions) {
  const found = [];
  document.querySelectorAll("button[data-key]").forEach((b) => found.push([plain(b), say("tindakan", "action"), click(b)]));
  for (const [name, act, isThere] of actions) if (isThere()) found.push([name, say("tindakan", "action"), act]);
  document.querySelectorAll("[data-detour] > summary").forEach((s) => found.push([plain(s), say("tindakan", "action"), () => {
    for (let d = s.parentElement; d; d = d.parentElement.closest("details")) d.open = true;
    s.scrollIntoView({ block: "center" });
    (s.parentElement.querySelector("textarea, select, button") || s).focus();
  }]));
  document.querySelectorAll(".places a").forEach((a) => found.push([plain(a), say("ke halaman", "go to"), click(a)]));
  document.querySelectorAll(".views a").forEach((a) => found.push([plain(a), say("antrean", "queue"), click(a)]));
  if (document.querySelector('.places a[href="/meja"]')) found.push([say("Catat pengaduan lisan", "Enter a spoken complaint"), say("ke halaman", "go to"), () => location.assign("/meja/baru")]);
  return found;
}

async function tickets(text, signal) {
  const answer = await fetch("/meja?q=" + encodeURIComponent(text), { signal });
  if (!answer.ok) return [];
  if (answer.redirected) return [[text, say("tiket", "ticket"), () => location.assign(answer.url)]];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll("[data-row]")].slice(0, 8).map((row) => {
    const name = row.querySelector("b")?.textContent || "", what = plain(row.querySelector(".what") || row);
    return [`${name} – ${what}`, row.dataset.liveId || say("tiket", "ticket"), () => location.assign(row.getAttribute("href"))];
  });
}

let box = null;
export function openPalette(actions) {
  if (box) { box.close(); return; }
  box = document.createElement("dialog");
  box.className = "palette";
  box.setAttribute("aria-label", say("Perintah", "Commands"));
  box.innerHTML = '<input type="text" role="combobox" aria-expanded="true" aria-autocomplete="list" aria-controls="perintah-daftar" autocomplete="off" maxlength="200"><div role="listbox" id="perintah-daftar"></div><p class="sr" role="status"></p>';
  const [field, list, state] = box.children;
  field.setAttribute("aria-label", say("Cari tindakan, halaman, tiket", "Search actions, pages, tickets"));
  list.setAttribute("aria-label", box.getAttribute("aria-label"));
  const known = commands(actions);
  let shown = [], at = 0, timer, asking;
  const mark = () => {
    [...list.children].forEach((e, i) => e.setAttribute("aria-selected", String(i === at)));
    const now = list.children[at];
    if (now) { field.setAttribute("aria-activedescendant", now.id); now.scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
  };
  const run = (index) => { const chosen = shown[index]; if (chosen) { box.close(); chosen[2](); } };
  const show = (found) => {
    shown = found;
    at = 0;
    list.replaceChildren(...found.map(([name, kind], index) => {
      const option = document.createElement("div"), word = document.createElement("span");
      option.id = `perintah-${index}`;
      option.setAttribute("role", "option");
      word.className = "quiet small";
      word.textContent = kind;
      option.append(name, word);
      option.addEventListener("click", () => run(index));
      return option;
    }));
    state.textContent = found.length ? say(`${found.length} ditemukan`, `${found.length} found`) : say("Tidak ditemukan", "Nothing found");
    mark();
  };
  const search = () => {
    const text = field.value.trim().toLowerCase(), parts = text.split(/\s+/);
    const fitting = known.filter(([name, kind]) => parts.every((part) => `${name} ${kind}`.toLowerCase().includes(part)));
    show(fitting);
    clearTimeout(timer);
    asking?.abort();
    if (text.length < 3 || !document.querySelector("#cari")) return;
    timer = setTimeout(async () => {
      asking = new AbortController();
      try { show([...fitting, ...await tickets(field.value.trim(), asking.signal)]); } catch { /* typed on, or no connection */ }
    }, 250);
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) { event.preventDefault(); at = (at + step + shown.length) % shown.length; mark(); }
    if (event.key === "Enter") { event.preventDefault(); run(at); }
  });
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  box.addEventListener("close", () => { clearTimeout(timer); asking?.abort(); box.remove(); box = null; });
  document.body.append(box);
  search();
  box.showModal();
  field.focus();
}
