/* Menus, folds and the focus: what <details> and anchors do already, made a little quicker. */
(() => {
  "use strict";
  const menus = () => document.querySelectorAll("details[data-menu][open]");

  document.addEventListener("click", (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  // Lists beside the text stand open on a wide screen and folded on a phone.
  const wide = window.matchMedia("(min-width: 62rem)");
  const fold = () => document.querySelectorAll("details[data-fold]").forEach((part) => { part.open = wide.matches; });
  wide.addEventListener("change", fold);
  fold();

  // A table that scrolls sideways must be reachable by keyboard.
  document.querySelectorAll(".table-scroll").forEach((box) => {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
  });

  const first = document.querySelector("[data-focus]");
  if (first) first.focus();
})();
