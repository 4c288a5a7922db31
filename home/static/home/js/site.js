/* Small comforts on top of pages that are complete without them. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  /* Header panels close on Escape, on a click elsewhere, and when another one opens. */
  var panels = document.querySelectorAll("details[data-panel]");
  function close(except) {
    panels.forEach(function (panel) { if (panel !== except) panel.open = false; });
  }
  panels.forEach(function (panel) {
    panel.addEventListener("toggle", function () { if (panel.open) close(panel); });
  });
  document.addEventListener("click", function (event) {
    close(event.target.closest("details[data-panel]"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    panels.forEach(function (panel) {
      if (panel.open && panel.contains(document.activeElement)) panel.querySelector("summary").focus();
    });
    close(null);
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print], [data-copy], [data-share]");
    if (!button) return;
    if (button.hasAttribute("data-print")) window.print();
    if (button.hasAttribute("data-copy")) {
      navigator.clipboard.writeText(button.getAttribute("data-copy")).then(function () {
        var done = button.getAttribute("data-done");
        if (done) button.querySelector("[data-label]").textContent = done;
      });
    }
    if (button.hasAttribute("data-share")) navigator.share({ title: document.title, url: button.getAttribute("data-share") });
  });
  /* Buttons that need a browser feature are hidden in the page and shown where it exists. */
  document.querySelectorAll("[data-print], [data-copy], [data-share]").forEach(function (button) {
    if (button.hasAttribute("data-share") && !navigator.share) return;
    if (button.hasAttribute("data-copy") && !navigator.clipboard) return;
    button.hidden = false;
  });

  /* A form with errors starts at its summary. */
  var summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  /* Where results were swapped in place, the number of hits is read out by its live region;
     the focus stays on the control that was used. */
})();
