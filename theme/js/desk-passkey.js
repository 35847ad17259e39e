// Passkeys. The forms for them are hidden until it is known that the browser has any; the password
// way stays as it is. What is to be signed is asked for at the press of the button, so that it is
// fresh; the answer goes as an ordinary form.
const bytes = (letters) => Uint8Array.from(atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (ids) => (ids ?? []).map((id) => ({ type: "public-key", id: bytes(id) }));

async function asked(what) {
  const answer = await fetch(`/desk/passkey?for=${what}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

const put = (form, fields) => {
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
};

async function make(form) {
  const o = await asked("add");
  const made = await navigator.credentials.create({ publicKey: {
    challenge: bytes(o.challenge), rp: { id: o.host, name: o.paper }, user: { ...o.user, id: bytes(o.user.id) },
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: o.known },
    excludeCredentials: listed(o.passkeys), attestation: "none", timeout: 240000,
  } });
  put(form, { client: letters(made.response.clientDataJSON), data: letters(made.response.getAuthenticatorData()) });
}

async function sign(form, what) {
  const o = await asked(what);
  const { rawId, response } = await navigator.credentials.get({ publicKey: {
    challenge: bytes(o.challenge), rpId: o.host, allowCredentials: listed(o.passkeys), userVerification: o.known, timeout: 240000,
  } });
  put(form, { credential: letters(rawId), client: letters(response.clientDataJSON), data: letters(response.authenticatorData),
              signature: letters(response.signature), handle: response.userHandle ? letters(response.userHandle) : "" });
}

function ready(form) {
  const what = form.dataset.passkey, button = form.querySelector("button"), failed = form.querySelector(".passkey-failed");
  form.hidden = false;
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    try {
      await (what === "add" ? make(form) : sign(form, what));
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
      button.focus();
    }
  });
}

const has = window.PublicKeyCredential && AuthenticatorAttestationResponse.prototype.getAuthenticatorData;
if (has) document.querySelectorAll("form[data-passkey]").forEach(ready);
document.querySelectorAll(".passkey-none").forEach((p) => { p.hidden = Boolean(has); });
