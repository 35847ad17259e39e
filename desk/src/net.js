// net.js - asking the paper: JSON both ways, with the page's token.

/** There was no answer to speak of: no connection, a busy server, or nobody is signed in any more. */
export class Away extends Error {
  /** isBusy: it is there, but has no time; laterMs: how long it wants to be left alone. */
  constructor(why, { signedOut = false, isBusy = false, laterMs = 0 } = {}) {
    super(why);
    Object.assign(this, { signedOut, isBusy, laterMs });
  }
}

const LATEST_MS = 60000; // whatever it says: words wait
const laterMs = (reply) => Math.min(LATEST_MS, 1000 * (Number(reply.headers.get("Retry-After")) || 0));

const tokenOf = (doc) => doc.querySelector("meta[name=desk-token]")?.content ?? "";
let token = null;

/** After signing in again in another window, pages have another token. */
async function renew() {
  const reply = await fetch("/desk/account", { redirect: "manual" });
  if (reply.type === "opaqueredirect" || !reply.ok) return false;
  const found = tokenOf(new DOMParser().parseFromString(await reply.text(), "text/html"));
  const is = found !== "" && found !== token;
  if (is) token = found;
  return is;
}

async function ask(address, options, once = false) {
  token ??= tokenOf(document);
  let reply;
  try {
    reply = await fetch(address, {
      ...options, redirect: "manual", cache: "no-store",
      headers: { ...options.headers, Accept: "application/json", ...(options.method === "POST" ? { "X-Desk-Token": token } : {}) },
    });
  } catch (e) {
    throw new Away(e.message);
  }
  if (reply.type === "opaqueredirect" || reply.status === 401) throw new Away("signed out", { signedOut: true });
  if (reply.status === 403 && !once && (await renew().catch(() => false))) return ask(address, options, true);
  if (reply.status === 503 || reply.status === 429) throw new Away(`${reply.status}`, { isBusy: true, laterMs: laterMs(reply) });
  if (reply.status >= 500 || reply.status === 408) throw new Away(`${reply.status}`);
  let answer = null;
  try { answer = await reply.json(); } catch { if (reply.ok) throw new Away("no answer"); }
  return { status: reply.status, answer };
}

const query = (fields) => new URLSearchParams(Object.entries(fields ?? {}).filter(([, v]) => v !== undefined && v !== "" && v !== null)).toString();
const address = (path, fields) => { const q = query(fields); return q ? `${path}?${q}` : path; };

export const get = (path, fields) => ask(address(path, fields), { method: "GET" });
export const post = (path, body, more = {}) => ask(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, ...more });
export const postBytes = (path, fields, bytes) => ask(address(path, fields), {
  method: "POST", ...(bytes ? { body: bytes, headers: { "Content-Type": "application/octet-stream" } } : {}),
});
