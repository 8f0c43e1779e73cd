/* j and k move through the rows of a list marked data-keys, "/" goes to the search field, "?" shows the keys.
   Nothing happens while somebody writes. */
(() => {
  "use strict";
  const dialog = document.getElementById("keys-dialog");
  const writing = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open]");

  const stops = () => [...document.querySelectorAll("[data-keys] tbody tr, [data-keys] > li")]
    .map((row) => row.querySelector("a[href], button:not(:disabled), input:not([type=hidden])"))
    .filter(Boolean);

  const move = (step) => {
    const all = stops();
    if (!all.length) return;
    const rows = all.map((stop) => stop.closest("tr, li"));
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    all[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };

  const acts = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => { const field = document.querySelector("[role=search] input:not([type=hidden])"); if (field) field.focus(); },
    "?": () => { if (dialog && dialog.showModal && !dialog.open) dialog.showModal(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writing(event.target)) return;
    const own = /^[a-z0-9]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (!own && !acts[event.key]) return;
    event.preventDefault();
    if (own) own.click(); else acts[event.key]();
  });
})();
