/* Alt with the up and down keys moves the criterion that is open, or the one whose link has the focus; Alt with
   Page up and Page down goes to the one before and after. The buttons of the page do the work: what is written is sent
   along, so that nothing is lost and the same happens without this script. */
(() => {
  "use strict";
  const outline = document.querySelector("[data-outline]");
  if (!outline) return;
  const rows = () => [...outline.querySelectorAll("li")];
  const present = () => {
    const focused = document.activeElement.closest("[data-outline] li");
    return focused || outline.querySelector("li:has([aria-current])");
  };
  const acts = {
    ArrowUp: (row) => row.querySelector("[data-move=up]"),
    ArrowDown: (row) => row.querySelector("[data-move=down]"),
    PageUp: (row) => rows()[rows().indexOf(row) - 1]?.querySelector("a"),
    PageDown: (row) => rows()[rows().indexOf(row) + 1]?.querySelector("a"),
  };
  document.addEventListener("keydown", (event) => {
    const act = event.altKey && !event.ctrlKey && !event.metaKey && acts[event.key];
    const row = act && present();
    if (!row || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const target = act(row);
    if (target) target.click();
  });
})();
