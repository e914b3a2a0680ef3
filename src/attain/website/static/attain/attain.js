// What pages do in the browser beyond htmx: the choice of colours, menus, drawers and charts.
// Everything can be read without it.
"use strict";
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosenTheme() {
    try { return localStorage.getItem("theme") || ""; } catch { return ""; }
  }

  function showTheme() {
    root.dataset.bsTheme = chosenTheme() || (system.matches ? "dark" : "light");
    for (const button of document.querySelectorAll("[data-theme-value]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeValue === chosenTheme()));
    }
    document.dispatchEvent(new Event("attain:theme"));
  }

  function chooseTheme(theme) {
    try { localStorage.setItem("theme", theme); } catch { /* it holds for this page alone */ }
    showTheme();
  }

  showTheme();
  system.addEventListener("change", showTheme);

  document.addEventListener("DOMContentLoaded", () => {
    for (const choice of document.querySelectorAll("[data-theme-choice]")) choice.hidden = false;
    showTheme();
  });

  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-value]");
    if (theme) chooseTheme(theme.dataset.themeValue);
    if (event.target.closest("[data-print]")) print();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
