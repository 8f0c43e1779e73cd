/* The login page's own form, opened in a dialog over the page on which somebody was writing. */
(() => {
  "use strict";
  const parse = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");
  const tokenIn = (page) => (page.querySelector("input[name=csrfmiddlewaretoken]") || {}).value || "";

  const freshToken = async () => {
    const here = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    const page = await parse(here);
    return here.ok && !page.querySelector("form[data-login-form]") ? tokenIn(page) : "";
  };

  /* Resolves to a fresh CSRF token after a login as somebody who may open this page, else to "". */
  window.tuSoiLogIn = async (loginUrl) => {
    const template = document.getElementById("login-again");
    const address = loginUrl || template.dataset.login;
    const page = await parse(await fetch(address, { credentials: "same-origin", cache: "no-store" }));
    const form = page.querySelector("form[data-login-form]");
    // Logged in meanwhile, in another tab: the session lives again.
    if (!form) return freshToken();

    const dialog = template.content.querySelector("dialog").cloneNode(true);
    const own = document.importNode(form, true);
    dialog.querySelector("[data-form]").append(own);
    document.body.append(dialog);
    dialog.showModal();

    return new Promise((resolve) => {
      dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue); });
      own.addEventListener("submit", async (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        const answer = await fetch(address, { method: "POST", body: new FormData(own), redirect: "manual", credentials: "same-origin" });
        if (answer.type === "opaqueredirect") {
          dialog.close(await freshToken());
          return;
        }
        const again = await parse(answer);
        own.querySelector("input[name=csrfmiddlewaretoken]").value = tokenIn(again);
        const told = dialog.querySelector("[data-error]");
        const errors = again.querySelector("main [role=alert] li, main [role=alert]");
        told.textContent = errors ? errors.textContent.trim() : template.dataset.failed;
        told.hidden = false;
      }, true);
    });
  };
})();
