// "Tell me breaking news on this device": where the browser can be told by a push service.  The
// service worker (offline.js) shows what comes.
const button = document.querySelector(".push");
const { pushManager } = await navigator.serviceWorker.ready;

const tell = (where, what) => fetch(where, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(what) });

async function show() {
  button.setAttribute("aria-pressed", String(Boolean(await pushManager.getSubscription())));
}

async function begin() {
  if (await Notification.requestPermission() !== "granted") return;
  const { key } = await (await fetch("/push/key")).json();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const answer = await tell("/push/subscribe", made).catch(() => null);
  if (!answer?.ok) await made.unsubscribe();
}

async function end(had) {
  await tell("/push/unsubscribe", had).catch(() => {}); // what is told in vain is dropped all the same
  await had.unsubscribe();
}

button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    const had = await pushManager.getSubscription();
    await (had ? end(had) : begin());
  } catch { /* it stays as it was, and shows it */ }
  button.disabled = false;
  await show();
});

await show();
button.hidden = false;
