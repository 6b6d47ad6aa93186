// Passkeys: asks our server what to ask, lets the browser ask its owner, and sends the answer in the form.
// Without this file, or in a browser that knows no passkeys, the forms stay hidden and a password works.
"use strict";

(() => {
  if (!window.PublicKeyCredential) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const question = async (form) => {
    const answer = await fetch(form.dataset.passkey, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(answer.status);
    const asked = await answer.json();
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const list of [asked.excludeCredentials, asked.allowCredentials]) {
      for (const one of list ?? []) one.id = bytes(one.id);
    }
    return asked;
  };

  const answered = (credential) => {
    const { response } = credential;
    const said = { clientDataJSON: text(response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) said[name] = text(response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: said,
      clientExtensionResults: {},
    });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const publicKey = await question(form);
        const credential = await navigator.credentials[form.dataset.kind]({ publicKey });
        form.elements.passkey_antwoord.value = answered(credential);
        form.submit();
      } catch {
        const failed = form.querySelector("[data-failed]");
        failed.hidden = false;
        failed.setAttribute("role", "alert");
      }
    });
  }
})();
