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
    document.querySelector("[data-focus]")?.focus();
    revealTarget();
    showTheme();
    drawCharts(document);
  });
  document.addEventListener("htmx:load", (event) => drawCharts(event.target));
  document.addEventListener("attain:theme", () => drawCharts(document, true));
  addEventListener("hashchange", revealTarget);

  // A link to a finding opens everything that it lies in.
  function revealTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target; part; part = part.parentElement) {
      if (part instanceof HTMLDetailsElement) part.open = true;
    }
    if (target) target.scrollIntoView({ block: "center" });
  }

  // Charts: the library is fetched where a page has one, and colours are those of the page.
  let library;
  const drawn = new Map();

  function fetchLibrary(address) {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  function colour(token) {
    const probe = document.createElement("span");
    probe.style.color = token;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function coloured(part) {
    if (typeof part === "string") return part.startsWith("var(--") ? colour(part) : part;
    if (Array.isArray(part)) return part.map(coloured);
    if (part && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, coloured(value)]));
    }
    return part;
  }

  function chartDefaults() {
    const axis = {
      axisLine: { lineStyle: { color: "var(--tblr-border-color)" } },
      axisLabel: { color: "var(--tblr-secondary)" },
      splitLine: { lineStyle: { color: "var(--tblr-border-color)" } },
    };
    return coloured({
      color: ["var(--info-fill)", "var(--open-fill)", "var(--warn-fill)", "var(--good-fill)", "var(--bad-fill)", "var(--calm-fill)"],
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: "var(--tblr-body-color)" },
      legend: { textStyle: { color: "var(--tblr-body-color)" } },
      categoryAxis: axis, valueAxis: axis, timeAxis: axis,
    });
  }

  async function drawCharts(within, again = false) {
    const places = [...within.querySelectorAll?.("[data-chart]") ?? []].filter((p) => again ? drawn.has(p) : !drawn.has(p));
    for (const place of places) {
      await fetchLibrary(place.dataset.library);
      drawn.get(place)?.dispose();
      place.dataset.drawn = "";
      const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
      const chart = window.echarts.init(place, chartDefaults(), { renderer: "svg" });
      chart.setOption({ animation: false, ...coloured(option) });
      drawn.set(place, chart);
    }
  }

  addEventListener("resize", () => { for (const chart of drawn.values()) chart.resize(); });
  addEventListener("beforeprint", () => { for (const chart of drawn.values()) chart.resize(); });

  // A drawer is a dialog; without this script its link shows it by :target.
  function openDrawer(link) {
    const drawer = document.getElementById(link.hash.slice(1));
    if (!(drawer instanceof HTMLDialogElement)) return false;
    drawer.showModal();
    return true;
  }

  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-value]");
    if (theme) chooseTheme(theme.dataset.themeValue);
    if (event.target.closest("[data-print]")) print();
    const opener = event.target.closest("a[data-opens]");
    if (opener && openDrawer(opener)) event.preventDefault();
    const closer = event.target.closest("[data-closes]");
    if (closer?.closest("dialog[open]")) { closer.closest("dialog").close(); event.preventDefault(); }
    if (event.target instanceof HTMLDialogElement) event.target.close();
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
