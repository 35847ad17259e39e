// Today's paper is taken along; and what is kept on this device is listed, or dropped.
const keeper = navigator.serviceWorker;
const part = (name) => document.querySelector(`.take-${name}`);
const show = (name, seen) => { if (part(name)) part(name).hidden = !seen; };

async function ask(what) {
  const { active } = await keeper.ready;
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (e) => done(e.data);
    active.postMessage({ what }, [port2]);
  });
}

const OLDEST = 14 * 86400000; // as in offline.js, which does not show what is older

/** [{ path, title, at }] of what is kept, the newest first. */
async function keptPages() {
  if (!await caches.has("pages")) return [];
  const pages = await caches.open("pages"), all = [];
  for (const { url } of await pages.keys()) {
    const copy = await pages.match(url, { ignoreVary: true }), path = new URL(url).pathname;
    if (!copy || path === "/offline" || !(Date.now() - Date.parse(copy.headers.get("kept-at")) < OLDEST)) continue;
    const title = new DOMParser().parseFromString(await copy.text(), "text/html").title;
    all.push({ path, title: title.replace(/ \| [^|]*$/, ""), at: copy.headers.get("kept-at") });
  }
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

async function list() {
  const all = await keptPages(), to = part("list");
  show("drop", all.length > 0);
  show("kept", all.length > 0);
  if (!to) return;
  to.replaceChildren(...all.map(({ path, title }) => {
    const line = document.createElement("li"), link = document.createElement("a");
    link.href = path;
    link.textContent = title;
    link.dir = "auto";
    line.append(link);
    return line;
  }));
}

const states = ["ready", "busy", "done", "failed"];
const say = (state) => states.forEach((one) => show(one, one === state));

async function take() {
  part("button").disabled = true;
  say("busy");
  say(await ask("take") ? "done" : "failed");
  part("button").disabled = false;
  await list();
}

async function drop() {
  await ask("drop");
  say("ready");
  await list();
}

if (keeper) {
  part("offer")?.classList.remove("waits");
  part("button")?.addEventListener("click", take);
  part("drop").addEventListener("click", drop);
  list();
}
