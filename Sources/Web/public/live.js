// What others change, on the page while it happens.
//
// data-live="/url"           on any element: server-sent events from there. Event data is JSON: {id, text} is the new text
//                            of [data-live-text=id]; anything else is a change somewhere: the regions are looked at, and
//                            on a page of one ticket (data-version) a newer version of it is offered.
// data-live-region           on elements with an id: the page is fetched anew and they are replaced. Nothing moves under
//                            the pointer: a region in use waits, and says so.
//
// A browser has six connections for all its tabs: a page that nobody sees gives its own back, and looks when it is seen
// again.
import { enhance, say, countAll } from "./portal.js";
import { notice } from "./notice.js";

const chip = document.querySelector("[data-connection]");
const regions = [...document.querySelectorAll("[data-live-region][id]")].map((e) => e.id);
/** A page that came back from a form stands at the form's address: this is where it is read. */
const place = document.querySelector("[data-page]")?.dataset.page || location.href;
const version = Number(document.querySelector("[data-version]")?.dataset.version) || 0;
let lastWord = Date.now(), connected = null;

function showConnection() {
  if (!chip || connected === null || document.hidden) return;
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
    again.href = place;
    again.textContent = say("Muat ulang", "Reload");
    chip.append(again);
  }
}

function offer(mark, text, word, act) {
  if (!document.querySelector(`.bar[data-${mark}]`)) notice(text, [word, act]).dataset[mark] = "";
}
const offerReload = () => offer("reload", say("Ada perubahan baru di halaman ini.", "There is something new on this page."), say("Muat ulang", "Reload"), () => (place === location.href ? location.reload() : location.assign(place)));
const offerLook = () => offer("look", say("Daftar ini berubah; menunggu penunjuk dipindahkan.", "This list has changed; it waits for the pointer to leave."), say("Perbarui", "Update"), () => look(true));

// Regions: lists in which a ticket moves from place to place. Three seconds between two looks.
let busy = false, wanted = false, last = 0, timer;
function want(delay = Math.max(0, last + 3000 - Date.now())) {
  if (busy) { wanted = true; return; }
  clearTimeout(timer);
  timer = setTimeout(look, delay);
}
const focusedRow = (e) => (e.contains(document.activeElement) ? document.activeElement.dataset.liveId : undefined);
const inUse = (e) => e.matches(":hover") || Boolean(e.querySelector("input:checked")) || (e.matches(":focus-within") && !focusedRow(e));
/** What a region says, without its clocks: they differ at every look. */
function words(region) {
  const copy = region.cloneNode(true);
  copy.querySelectorAll("[data-due], progress").forEach((e) => e.remove());
  return copy.textContent.replace(/\s+/g, " ");
}
function replace(old, fresh) {
  const row = focusedRow(old), top = old.scrollTop;
  old.replaceWith(fresh);
  fresh.scrollTop = top;
  if (row) fresh.querySelector(`[data-live-id="${CSS.escape(row)}"]`)?.focus({ preventScroll: true });
  enhance(fresh);
}
async function look(force) {
  if (busy) { wanted = true; return; }
  busy = true;
  wanted = false;
  let waits = false;
  try {
    const answer = await fetch(place, { headers: { "X-Requested-With": "fragment" } });
    if (!answer.ok || answer.redirected) return offerReload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (Number(page.querySelector("[data-version]")?.dataset.version) > version) offerReload();
    for (const id of regions) {
      const old = document.getElementById(id), fresh = page.getElementById(id);
      if (!old || !fresh || old.innerHTML === fresh.innerHTML) continue;
      if (force !== true && inUse(old)) {
        if (words(old) === words(fresh)) continue;
        waits = true;
        old.addEventListener("mouseleave", () => want(200), { once: true });
      } else replace(old, fresh);
    }
    countAll();
  } catch { wanted = true; } finally {
    busy = false;
    last = Date.now();
    if (waits) { offerLook(); want(10000); } else {
      document.querySelector(".bar[data-look]")?.remove();
      if (wanted) want();
    }
  }
}

function live(element) {
  const address = new URL(element.dataset.live, location.href);
  let source = null, missed = false;
  const open = () => {
    const old = source;
    source = new EventSource(address);
    source.onopen = () => {
      old?.close();
      if (missed) (regions.length ? want : offerReload)();
      missed = false;
      connected = true;
      lastWord = Date.now();
      showConnection();
    };
    source.onerror = () => { connected = false; missed = true; showConnection(); };
    source.onmessage = (event) => {
      lastWord = Date.now();
      let news = {};
      try { news = JSON.parse(event.data) || {}; } catch { return; }
      if (news.text !== undefined && news.id) {
        document.querySelectorAll(`[data-live-text="${CSS.escape(String(news.id))}"]`).forEach((e) => { e.textContent = String(news.text); });
        return;
      }
      if (regions.length) want();
      if (news.page && (version ? news.version > version : !regions.length)) offerReload();
    };
    source.addEventListener("ping", () => { lastWord = Date.now(); });
  };
  const close = () => { source?.close(); source = null; missed = true; };
  const follow = () => { if (document.hidden) close(); else if (!source) open(); };
  follow();
  addEventListener("visibilitychange", follow);
  addEventListener("pageshow", follow);
  addEventListener("pagehide", close);
  // The others at a ticket see who writes what: the stream is opened anew with the name of the form.
  if (address.searchParams.has("tiket")) addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form[data-draft]") : null;
    const name = form?.dataset.draft.split("/").pop();
    if (!name || address.searchParams.get("menulis") === name) return;
    address.searchParams.set("menulis", name);
    if (source) open();
  });
}
const stream = document.querySelector("[data-live]");
if (stream && "EventSource" in window) {
  live(stream);
  setInterval(showConnection, 3000);
}
