// The rating page in the browser: saving as it is typed, and keys. Without it each item has a button.
"use strict";
(() => {
  const pause = 800;
  const page = document.querySelector("[data-rating]");
  if (!page) return;
  const items = [...page.querySelectorAll("[data-item]")];
  const waiting = new Map();

  function say(item, text) {
    item.querySelector(".saved").textContent = text;
  }

  function save(item, wait = 0) {
    clearTimeout(waiting.get(item));
    waiting.set(item, setTimeout(() => { waiting.delete(item); item.dispatchEvent(new Event("attain:save")); }, wait));
  }

  page.addEventListener("input", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || !event.target.matches("textarea")) return;
    if (!item.querySelector(".saved .alert")) say(item, page.dataset.changed);
    save(item, pause);
  });
  page.addEventListener("change", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) save(item);
  });
  page.addEventListener("htmx:beforeRequest", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) say(item, page.dataset.saving);
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    page.addEventListener(failure, (event) => {
      const item = event.target.closest("[data-item]");
      if (item) say(item, page.dataset.unreachable);
    });
  }
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });

  function current() {
    const near = document.activeElement?.closest("[data-item]");
    return near ?? items.find((each) => each.getBoundingClientRect().bottom > 120);
  }

  function go(step) {
    const near = document.activeElement?.closest("[data-item]");
    const to = near ? items[items.indexOf(near) + step] : current();
    if (!to) return;
    (to.querySelector("input[type=radio]:checked") ?? to.querySelector("input[type=radio]")).focus({ preventScroll: true });
    to.scrollIntoView({ block: "start" });
  }

  function choose(number) {
    const item = current();
    const choice = item?.querySelectorAll(".rate-level:not(.rate-na, .rate-open) input[type=radio]")[number - 1];
    if (choice && !choice.matches(":disabled")) { choice.focus({ preventScroll: true }); choice.click(); }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("textarea, select, input:not([type=radio])")) {
      if (event.key === "Escape" && event.target.matches("textarea")) event.target.blur();
      return;
    }
    if (event.target.closest("dialog[open]")) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "n") { current()?.querySelector("[name=note]")?.focus(); event.preventDefault(); }
    else if (event.key === "?") document.querySelector("a[href='#keys']")?.click();
    else if (/^[1-9]$/.test(event.key)) choose(Number(event.key));
  });
})();
