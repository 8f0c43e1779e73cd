/* Saves a form marked data-autosave after a keystroke. The contract stands in docs/templates.md.
   Nothing is kept in the browser and no timer runs without a keystroke before it: waiting is not activity. */
(() => {
  "use strict";
  const PAUSE = 2000;
  const RETRY = 10000;

  class Autosave {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.autosaveUrl;
      this.tab = Math.random().toString(36).slice(2);
      this.seq = 0;
      this.dirty = false;
      this.busy = null;
      this.stopped = false;
      this.timer = 0;
      this.state = form.querySelector("[data-autosave-state]");
      this.forecast = form.querySelector("[data-autosave-forecast]");
      this.problem = form.querySelector("[data-autosave-problem]");
      this.offline = form.querySelector("[data-autosave-offline]");
      form.addEventListener("input", () => this.touched(PAUSE));
      form.addEventListener("focusout", () => { if (this.dirty) this.touched(0); });
      form.addEventListener("submit", () => { this.leaving = true; clearTimeout(this.timer); this.stamp(); });
      window.addEventListener("pageshow", () => { this.leaving = false; });
      window.addEventListener("online", () => { if (this.dirty) this.touched(0); });
      window.addEventListener("offline", () => this.lost());
      window.addEventListener("beforeunload", (event) => { if (this.dirty && !this.leaving) event.preventDefault(); });
    }

    // A save that is still under way must not count as somebody else's change when the button's own post arrives.
    stamp() {
      this.seq += 1;
      this.put("client_seq", String(this.seq));
      this.put("tab_id", this.tab);
    }

    put(name, value) {
      let field = this.form.querySelector(`input[name=${name}]`);
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        this.form.append(field);
      }
      field.value = value;
    }

    touched(pause) {
      if (this.stopped) return;
      if (!this.dirty) this.say(this.state && this.state.dataset.unsaved, "quiet");
      this.dirty = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    async save() {
      // One at a time: an older text must never arrive after a newer one.
      if (this.busy || !this.dirty || this.leaving) return;
      const body = new FormData(this.form);
      this.seq += 1;
      body.set("client_seq", String(this.seq));
      body.set("tab_id", this.tab);
      body.delete("idempotency_key");
      this.dirty = false;
      this.say(this.state && this.state.dataset.saving, "quiet");
      this.busy = this.send(body);
      await this.busy;
      this.busy = null;
      if (this.dirty && !this.stopped && !this.waiting) this.touched(PAUSE);
    }

    async send(body) {
      let response;
      try {
        response = await fetch(this.url, {
          method: "POST", body, redirect: "manual", credentials: "same-origin", cache: "no-store",
          headers: { "X-Autosave": "1", "X-CSRFToken": body.get("csrfmiddlewaretoken") || "", Accept: "application/json" },
        });
      } catch {
        this.dirty = true;
        this.lost();
        return;
      }
      if (this.offline) this.offline.hidden = true;
      if (response.type === "opaqueredirect" || response.status === 401) { this.dirty = true; await this.logInAgain(); return; }
      this.answered(response.status, await response.json().catch(() => ({})));
    }

    answered(status, answer) {
      if (status === 200) {
        const version = this.form.querySelector("input[name=version]");
        if (version && answer.version !== undefined) version.value = answer.version;
        if (this.forecast && answer.forecast !== undefined) this.forecast.textContent = answer.forecast;
        this.complain(answer.message || "");
        if (!this.dirty) this.say(`✓ ${answer.saved || ""}`, "ok");
        return;
      }
      this.dirty = true;
      this.say(this.state && this.state.dataset.failed, "bad");
      const told = this.state ? (status === 413 ? this.state.dataset.tooLarge : this.state.dataset.failed) : "";
      this.complain(answer.message || told, answer.conflict_url);
      // A fault of the server may pass; a refusal will be the same until something is changed.
      if (status >= 500) this.again(); else this.stopped = status === 409;
    }

    again() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), RETRY);
    }

    lost() {
      if (this.offline) this.offline.hidden = false;
      this.say(this.state && this.state.dataset.offline, "bad");
      if (this.dirty) this.again();
    }

    say(text, tone) {
      if (!this.state || !text) return;
      this.state.textContent = text;
      this.state.className = `chip chip--${tone}`;
    }

    complain(text, link) {
      if (!this.problem) return;
      this.problem.hidden = !text;
      this.problem.querySelector("[data-autosave-message]").textContent = text;
      const anchor = this.problem.querySelector("[data-autosave-link]");
      anchor.hidden = !link;
      if (link) anchor.href = link; else anchor.removeAttribute("href");
    }

    async logInAgain() {
      this.waiting = true;
      this.say(this.state && this.state.dataset.failed, "bad");
      const done = await window.tuSoiLogIn(this.form.dataset.loginUrl);
      this.waiting = false;
      if (done) { this.refreshToken(done); this.touched(0); }
    }

    refreshToken(token) {
      document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    }
  }

  document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
})();
