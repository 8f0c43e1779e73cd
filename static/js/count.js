/* Counts the words of a text as it is written: <textarea data-count="id" data-count-words="{n} từ">. */
(() => {
  "use strict";
  document.querySelectorAll("[data-count]").forEach((field) => {
    const output = document.getElementById(field.dataset.count);
    if (!output) return;
    const show = () => {
      const words = field.value.trim().split(/\s+/).filter(Boolean).length;
      output.textContent = (field.dataset.countWords || "{n}").replace("{n}", String(words));
    };
    field.addEventListener("input", show);
    show();
  });
})();
