/* Asks before a form marked data-confirm is sent; the question and the words of the buttons come from the server. */
(() => {
  "use strict";
  const dialog = document.getElementById("confirm-dialog");
  if (!dialog || !dialog.showModal) return;
  const yes = dialog.querySelector("[data-yes]");
  const no = dialog.querySelector("[data-no]");
  let waiting = null;

  // Before once.js sees the event: an unanswered question is not yet a sent form.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asking = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (!asking || form.dataset.answered) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form, submitter: event.submitter };
    dialog.querySelector("h2").textContent = asking;
    yes.textContent = form.dataset.confirmYes || yes.dataset.default;
    no.textContent = form.dataset.confirmNo || no.dataset.default;
    dialog.showModal();
    no.focus();
  }, true);

  yes.addEventListener("click", () => {
    const { form, submitter } = waiting;
    dialog.close();
    form.dataset.answered = "1";
    form.requestSubmit(submitter || undefined);
    delete form.dataset.answered;
  });
  no.addEventListener("click", () => dialog.close());
})();
