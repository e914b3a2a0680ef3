// The library: folding a long model, opening it whole for paper, and going to a fault in a text.
"use strict";
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const items = document.querySelectorAll(".model-item");
    const button = document.querySelector("[data-fold-all]");
    if (button) {
      const words = [button.textContent, button.dataset.unfold];
      button.hidden = false;
      button.addEventListener("click", () => {
        const fold = button.textContent === words[0];
        for (const item of items) item.open = !fold;
        button.textContent = words[fold ? 1 : 0];
      });
    }
    addEventListener("beforeprint", () => { for (const item of items) item.open = true; });
    for (const link of document.querySelectorAll("[data-line]")) {
      link.addEventListener("click", (event) => { event.preventDefault(); goTo(Number(link.dataset.line), Number(link.dataset.column)); });
    }
  });

  // The caret goes to the place, and its line to the middle of what is seen of the text.
  function goTo(line, column) {
    const field = document.getElementById("text");
    const lines = field.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    field.focus();
    field.setSelectionRange(start + column - 1, start + (lines[line - 1] || "").length);
    const height = parseFloat(getComputedStyle(field).lineHeight) || 18;
    field.scrollTop = Math.max(0, (line - 1) * height - field.clientHeight / 2);
  }
})();
