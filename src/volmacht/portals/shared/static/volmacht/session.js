// Warns before the log-in ends, and says so when it has. Everything here also works without this file:
// the footer tells the time, and a form that is sent too late comes back after logging in again.
"use strict";

(() => {
  const dialog = document.getElementById("sessie-waarschuwing");
  const footer = document.getElementById("sessie-einde");
  if (!dialog || typeof dialog.showModal !== "function") return;
  const warning = Number(dialog.dataset.warning);
  let timer = 0;
  let over = false;
  let typedIn = null;

  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);

  const wait = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(1, seconds) * 1000);
  };

  const tellTime = (seconds) => {
    const end = new Date(Date.now() + seconds * 1000);
    const text = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit" }).format(end);
    const written = dialog.dataset.language === "en" ? text : text.replace(":", ".");
    footer.textContent = footer.textContent.replace(/\d\d[.:]\d\d/, written);
  };

  const alive = (seconds) => {
    tellTime(seconds);
    if (seconds > warning) {
      if (dialog.open) dialog.close();
      wait(seconds - warning);
    } else {
      if (!dialog.open) dialog.showModal();
      wait(Math.min(seconds, 10)); // another tab may still keep the log-in alive
    }
  };

  const ended = () => {
    clearTimeout(timer);
    over = true; // for good: who logs in next, in another tab, may be somebody else
    part("warning").hidden = true;
    part("ended").hidden = false;
    dialog.classList.add("session-warning--ended");
    dialog.setAttribute("aria-labelledby", "sessie-einde-kop");
    dialog.setAttribute("aria-describedby", "sessie-einde-tekst");
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-again]").focus();
  };

  // Another tab may have kept the log-in alive: ask how long it really lasts.
  const look = async () => {
    if (over) return;
    try {
      const answer = await fetch(dialog.dataset.state, { headers: { Accept: "application/json" } });
      const { seconds } = await answer.json();
      if (seconds > 0) alive(seconds);
      else ended();
    } catch {
      wait(15);
    }
  };

  dialog.querySelector("[data-extend]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
      const { seconds } = await answer.json();
      if (seconds > 0) alive(seconds);
      else ended();
    } catch {
      form.submit();
    }
  });

  document.querySelector("main").addEventListener("input", (event) => { typedIn = event.target.form; });

  // The form is only kept by the server, never carried out: it comes back, filled in, after logging in.
  dialog.querySelector("[data-again]").addEventListener("click", () => {
    if (typedIn?.getAttribute("method") !== "post") {
      location.assign(location.pathname + location.search);
      return;
    }
    const keep = document.createElement("input");
    keep.type = "hidden";
    keep.name = "alleen-bewaren";
    keep.value = "1";
    typedIn.append(keep);
    HTMLFormElement.prototype.submit.call(typedIn);
  });

  dialog.addEventListener("cancel", (event) => {
    if (!part("ended").hidden) event.preventDefault();
  });

  wait(Number(dialog.dataset.seconds) - warning);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
})();
