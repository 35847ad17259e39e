// A file on its way into the library: in pieces; a cut line is waited for; what was begun goes on where it
// was, also after the page was left.
export const say = document.querySelector("#sending-words").dataset;
const token = document.querySelector("meta[name=desk-token]").content;
const TRIES = 40, LONGEST = 15_000, KEPT = "desk-uploads";

// --- what was begun is remembered, so that the same file chosen again goes on ---

const key = (file) => `${file.name}/${file.size}/${file.lastModified}`;
function begun() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}
export function remember(file, upload) {
  const all = begun();
  if (upload) all[key(file)] = upload; else delete all[key(file)];
  try { localStorage.setItem(KEPT, JSON.stringify(all)); } catch { /* it begins anew then */ }
}

// --- asking ---

export class Refused extends Error {}

async function ask(address, { signal, ...more }) {
  const reply = await fetch(address, { redirect: "manual", signal, ...more, headers: { "X-Desk-Token": token, ...more.headers } });
  if (reply.type === "opaqueredirect") throw new Refused(say.out);
  const json = reply.headers.get("Content-Type") === "application/json" ? await reply.json() : {};
  if (reply.status >= 500) throw new Error(json.error ?? reply.status);
  return { status: reply.status, ...json };
}

const pause = (ms, signal) => new Promise((done) => {
  const end = () => { clearTimeout(timer); removeEventListener("online", end); done(); };
  const timer = setTimeout(end, ms);
  addEventListener("online", end);
  signal.addEventListener("abort", end);
});

/** Again and again while the line is cut or the other side busy. */
async function insist(one, what) {
  for (let tries = 0; ; tries++) {
    try {
      return await what();
    } catch (e) {
      if (e instanceof Refused || one.signal.aborted || tries === TRIES) throw e;
      one.tell(say.again);
      await pause(Math.min(LONGEST, 500 * 2 ** tries), one.signal);
    }
  }
}

// --- one file ---

async function begin(one) {
  const { file, signal } = one, known = begun()[key(file)];
  if (known) {
    const asked = await ask(`/desk/pictures/upload/${known}`, { signal });
    if (asked.status === 200) return { upload: known, ...asked };
  }
  const words = new URLSearchParams({ name: file.name || "file", size: file.size, type: file.type });
  const reply = await ask(`/desk/pictures/upload?${words}`, { method: "POST", signal });
  if (reply.status !== 201) throw new Refused(reply.error ?? say.failed);
  remember(file, reply.upload);
  return reply;
}

/** Take it in: `one` has a file, a signal to leave it, a progress, and tell(words).  Gives what the library says of it. */
export async function send(one) {
  const { file, signal } = one;
  let { upload, offset, picture, chunk = 1 << 20 } = await insist(one, () => begin(one));
  while (!picture) {
    one.progress.value = offset / file.size;
    one.tell(offset + chunk < file.size ? say.goes : say.looks);
    const reply = await insist(one, async () => {
      const got = await ask(`/desk/pictures/upload/${upload}?offset=${offset}`, {
        method: "POST", signal, body: file.slice(offset, offset + chunk), headers: { "Content-Type": "application/octet-stream" } });
      return got;
    });
    if (reply.offset === undefined) throw new Refused([reply.error ?? say.failed, reply.why && `(${reply.why})`].filter(Boolean).join(" "));
    ({ offset, picture } = reply);
  }
  return picture;
}
