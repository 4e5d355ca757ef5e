// A bar at the foot of a staff page: one sentence and what can be done about it.

/** `actions`: pairs of a word and what it does; the bar goes first. Returns the bar. The sentence is put in a moment after
 * the bar, for screen readers tell what changes in a status and not what it begins with. */
export function notice(text, ...actions) {
  const bar = document.createElement("div");
  bar.className = "bar";
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  bar.append(words);
  for (const [word, act] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button slim";
    button.textContent = word;
    button.addEventListener("click", () => { bar.remove(); act(); });
    bar.append(button);
  }
  document.body.append(bar);
  setTimeout(() => { words.textContent = text; }, 50);
  return bar;
}
