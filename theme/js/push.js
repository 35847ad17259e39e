// "News on this device": breaking news and sections that the reader has chosen, where the browser can
// be told by a push service.  The service worker (offline.js) shows what comes.
const form = document.querySelector(".push");
const button = form.querySelector("button"), said = form.querySelector("output");
const [breaking, ...sections] = form.querySelectorAll("input");
const { pushManager } = await navigator.serviceWorker.ready;
const KEPT = "told"; // what was chosen, for the next visit: the paper does not say it

const chosen = () => ({ breaking: breaking.checked, sections: sections.filter((one) => one.checked).map((one) => Number(one.value)) });
const isNothing = () => !breaking.checked && !sections.some((one) => one.checked);

function fill() {
  let choice;
  try { choice = JSON.parse(localStorage.getItem(KEPT)); } catch { /* as at first */ }
  breaking.checked = choice?.breaking ?? true;
  for (const one of sections) one.checked = choice?.sections.includes(Number(one.value)) ?? false;
}

function keep(choice) {
  try { localStorage.setItem(KEPT, JSON.stringify(choice)); } catch { /* not kept */ }
}

const post = (where, what) => fetch(where, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(what) });

async function choose(device) {
  const choice = chosen(), answer = await post("/push/subscribe", { ...device.toJSON(), ...choice });
  if (!answer.ok) throw Error(answer.status);
  keep(choice);
  return "done";
}

async function begin() {
  const may = await Notification.requestPermission();
  if (may !== "granted") return may;
  const { key } = await (await fetch("/push/key")).json();
  const device = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return choose(device).catch(async (wrong) => { await device.unsubscribe(); throw wrong; });
}

async function end(device) {
  await post("/push/unsubscribe", device).catch(() => {}); // what is told in vain is dropped all the same
  await device.unsubscribe();
  return "over";
}

async function show() {
  const isTold = Boolean(await pushManager.getSubscription());
  button.setAttribute("aria-pressed", String(isTold));
  button.disabled = !isTold && isNothing();
}

/** Do it, one after another, and say what came of it. */
let last = Promise.resolve();
function act(what) {
  last = last.then(async () => {
    const device = await pushManager.getSubscription();
    const word = await what(device).catch(() => { if (device) fill(); /* as it was */ return "failed"; });
    await show();
    said.value = said.dataset[word] ?? "";
  }).catch(() => {});
}

button.addEventListener("click", () => act((device) => (device ? end(device) : begin())));
form.addEventListener("change", () => act(async (device) => device && (isNothing() ? end(device) : choose(device))));

fill();
await show();
form.hidden = false;
