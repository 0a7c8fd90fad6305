// Saves keystrokes where claims are judged. Nothing hangs on it: every button and form works without.
"use strict";
(() => {
  const page = document.querySelector("[data-desk]");
  if (!page) return;

  // What is being read is looked at again until it is done.
  const live = document.querySelector("[data-live]");
  const look = async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const now = page.querySelector("[aria-live]");
      if (now) { live.replaceChildren(...now.childNodes); }
      if (!now || !now.hasAttribute("data-live")) return;
    } catch { /* the next time, then */ }
    setTimeout(look, 1000);
  };
  if (live) setTimeout(look, 500);

  // One key for each button; they can be turned off, since single letters are in the way of speech input.
  const box = document.querySelector("#keys");
  const stored = (() => { try { return localStorage.getItem("hedgerow-keys"); } catch { return null; } })();
  if (box) {
    box.checked = stored !== "off";
    box.closest("label").hidden = false;
    box.addEventListener("change", () => {
      try { localStorage.setItem("hedgerow-keys", box.checked ? "on" : "off"); } catch { /* nothing is kept then */ }
    });
  }
  // What is on its way is not sent twice, however often the key is pressed.
  let sent = false;
  document.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("keydown", (event) => {
    if (sent) { event.preventDefault(); return; }
    if (box && !box.checked) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const at = event.target;
    if (at instanceof Element && at.closest("input, textarea, select")) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const to = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!to) return;
    event.preventDefault();
    if (to.matches("input, textarea")) { to.closest("details")?.setAttribute("open", ""); to.focus(); to.select?.(); } else { to.click(); }
  });

  // Words that are selected in the article become the evidence of a claim to be added.
  const text = document.querySelector("[data-text]");
  const form = document.querySelector("#add form");
  if (!text || !form) return;
  const points = (words) => { let n = 0; for (const _ of words) n += 1; return n; };
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const lead = words.length - words.trimStart().length;
    const start = points(before.toString()) + points(words.slice(0, lead));
    const chosen = words.trim();
    if (chosen === "") return;
    form.elements.start.value = String(start);
    form.elements.end.value = String(start + points(chosen));
    form.querySelector("output").textContent = `“${chosen}”`;
  });
})();
