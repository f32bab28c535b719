/*
  The console's keyboard, and the little that HTML cannot do alone. Nothing here is needed to read or to send a form.

  A key only chooses; Enter records. Single keys do nothing while a field has the focus, and nothing at all where the reader has switched them off
  (<body data-keys="off">); "?" and Escape always work. A page adds keys by data-key="t" on its own buttons and links.
*/
(() => {
  "use strict";

  const SEQUENCE_MS = 1500;
  const isOn = document.body.dataset.keys !== "off";
  const isField = (element) => element?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const find = (selector) => document.querySelector(selector);
  let goesSince = 0;

  /* ---- what is said to those who do not see it ---- */
  const say = (words) => { const region = find("#said"); if (region) region.textContent = words; };

  /* ---- rows: one is current, some are selected ---- */
  const rows = () => [...document.querySelectorAll("[data-rows] tbody tr:not(.group)")].filter((row) => row.offsetParent !== null || row.getClientRects().length);
  const current = () => find("[data-rows] tr.on");
  const move = (by) => {
    const all = rows();
    if (!all.length) return false;
    const from = all.indexOf(current());
    const to = from < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, from + by));
    all[from]?.classList.remove("on");
    all[to].classList.add("on");
    const link = all[to].querySelector("a[href], button");
    (link ?? all[to]).focus({ preventScroll: true });
    all[to].scrollIntoView({ block: "nearest" });
    return true;
  };
  const open = () => { const link = current()?.querySelector("a[href]"); link?.click(); return Boolean(link); };

  /* ---- a decision: its keys have chosen, Enter records ---- */
  const record = () => { const form = find("form[data-records]"); form?.requestSubmit(); return Boolean(form); };
  const select = () => {
    const row = current();
    if (!row) return false;
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.click();
    row.setAttribute("aria-selected", String(box ? box.checked : row.getAttribute("aria-selected") !== "true"));
    return true;
  };

  /* ---- places ---- */
  const go = (letter) => { const link = find(`.rail [data-go="${CSS.escape(letter)}"]`); link?.click(); return Boolean(link); };

  /* ---- the dialog of keys ---- */
  const keys = () => {
    const dialog = find("#keys");
    if (!dialog?.showModal) return false;
    if (dialog.open) dialog.close(); else dialog.showModal();
    return true;
  };

  const leave = (event) => {
    const menu = event.target.closest?.("details[open].menu") ?? find("details[open].menu");
    if (menu) { menu.open = false; menu.querySelector("summary")?.focus(); return true; }
    if (isField(event.target)) { event.target.blur(); return true; }
    return false;
  };

  const own = (key) => {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]:not([disabled])`)];
    const control = all.find((one) => one.getClientRects().length) ?? all[0]; /* of several, the one that is shown */
    if (!control) return false;
    if (isField(control)) control.focus(); else control.click();
    return true;
  };

  const single = (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (goesSince && Date.now() - goesSince < SEQUENCE_MS) { goesSince = 0; return go(key); }
    goesSince = 0;
    if (own(key)) return true;
    switch (key) {
      case "/": { const box = find("#q"); box?.focus(); box?.select(); return Boolean(box); }
      case "g": goesSince = Date.now(); return true;
      case "j": return move(1);
      case "k": return move(-1);
      case "x": return select();
      case "Enter": return event.target === document.body || event.target.matches?.("main, h1") ? open() || record() : false;
      default: return false;
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") { if (!find("dialog[open]") && leave(event)) event.preventDefault(); return; }
    if (isField(event.target)) return;
    if (event.key === "?") { if (keys()) event.preventDefault(); return; }
    if (!isOn || find("dialog[open]:not(.still)")) return;
    if (single(event)) event.preventDefault();
  });

  /* ---- pointers ---- */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#keys-link");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && keys()) { event.preventDefault(); return; }
    const copy = event.target.closest?.("[data-copy], [data-copies]");
    if (copy) {
      const text = copy.dataset.copy ?? document.getElementById(copy.dataset.copies)?.textContent ?? "";
      navigator.clipboard?.writeText(text).then(() => say(copy.dataset.said ?? text));
    }
    if (event.target.closest?.("[data-print]")) window.print();
    for (const menu of document.querySelectorAll("details[open].menu")) if (!menu.contains(event.target)) menu.open = false;
  });

  /* ---- after a part of the page has been replaced ---- */
  const going = () => (find("#orders")?.dataset.going ?? "").split(" ").filter(Boolean);
  const before = going();
  document.addEventListener("htmx:after:swap", () => {
    const now = going();
    if (before.some((id) => !now.includes(id)) && !find("form :focus")) location.reload(); /* something is done: show it */
    const answer = !find("#orders") && (find("main .answer") ?? find("main h1"));
    if (answer) say(answer.textContent.trim());
  });

  /* ---- where the reader lands: on the summary of errors, or after a decision on the next thing's heading ---- */
  const landing = find("#errors") ?? (find(".toasts [data-lands]") && find("main h1"));
  if (landing) { landing.tabIndex = -1; landing.focus({ preventScroll: landing.matches("h1") }); }
})();
