/* One box ticks all boxes of a name on the page and an <output data-select-count> says how many are ticked. */
(() => {
  "use strict";
  document.querySelectorAll("input[data-select-all]").forEach((master) => {
    const name = master.dataset.selectAll;
    const boxes = () => [...document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]:not(:disabled)`)];
    const show = () => {
      const all = boxes();
      const ticked = all.filter((box) => box.checked).length;
      master.checked = all.length > 0 && ticked === all.length;
      master.indeterminate = ticked > 0 && ticked < all.length;
      document.querySelectorAll(`[data-select-count="${CSS.escape(name)}"]`).forEach((output) => { output.textContent = String(ticked); });
    };
    master.addEventListener("change", () => {
      boxes().forEach((box) => { box.checked = master.checked; });
      show();
    });
    document.addEventListener("change", (event) => { if (event.target.name === name) show(); });
    show();
  });
})();
