// The service worker: keeps pages that were read, and today's paper for who takes it along, to be
// read without a connection.  With one, what the paper has taken back goes: docs/offline.md.
const PAGES = "pages", PICTURES = "pictures", FILES = "files", NOTES = "notes";
const MOST = { [PAGES]: 100, [PICTURES]: 200, [FILES]: 60 };
const DAY = 86400000, OLDEST = 14 * DAY, CHECK_EVERY = DAY / 24;
const PATIENCE = 6000; // ms that a page may take when there is a copy
const AT_ONCE = 4;
const ANY = { ignoreVary: true };
const STAND_IN = "/offline", BUNDLE = "/today.json";
const POLICIES = ["content-security-policy", "referrer-policy", "permissions-policy", "x-content-type-options"];

const isPage = (url) => url.search === "" && !/^\/(?:api|desk|search|live|media|oembed)(?:[/.]|$)/.test(url.pathname);
const isGone = (status) => status >= 400 && status < 500 && status !== 408 && status !== 429;
const mayKeep = (answer) => answer.status === 200 && !answer.redirected &&
  /^text\/html/.test(answer.headers.get("content-type")) && !/no-store|private/.test(answer.headers.get("cache-control"));
const found = (html, pattern) => [...new Set([...html.matchAll(pattern)].map((m) => m[1]))];
const files = (html) => found(html, /(?:href|src)="(\/(?:theme|colours|icon)\/[^"#?]+)/g);
const pictures = (html) => found(html, /src="(\/media\/\d+\/\d+\.\w+)"/g);
const pathOf = (request) => new URL(request.url).pathname;

/** Do `what` with each of a list, a few at a time. */
async function each(list, what) {
  const left = [...list];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (left.length > 0) await what(left.shift());
  }));
}

// --- what is kept ---

async function prune(name) {
  const cache = await caches.open(name);
  const keys = (await cache.keys()).filter((key) => pathOf(key) !== STAND_IN);
  for (const key of keys.slice(0, -MOST[name])) await cache.delete(key);
}

const isOld = (copy) => !(Date.now() - Date.parse(copy.headers.get("kept-at")) < OLDEST);

/** What is too old to be shown goes. */
async function dropOld() {
  const pages = await caches.open(PAGES);
  for (const key of await pages.keys()) {
    const copy = pathOf(key) === STAND_IN ? undefined : await pages.match(key, ANY);
    if (copy && isOld(copy)) await forget(pathOf(key));
  }
}

async function bring(name, addresses) {
  const cache = await caches.open(name);
  await each(addresses, async (address) => {
    if (await cache.match(address, ANY)) return;
    const answer = await fetch(address);
    if (answer.status === 200) await cache.put(address, answer);
  });
  await prune(name);
}

const pictureIds = (html) => new Set(found(html, /\/media\/(\d+)\//g));
const leaving = new Set(); // pictures that some page has stopped to show

/** Drop those of them that no kept page shows. */
async function sweep() {
  if (leaving.size === 0) return;
  const gone = new Set(leaving), pages = await caches.open(PAGES), shown = await caches.open(PICTURES);
  leaving.clear();
  for (const key of await pages.keys())
    for (const id of pictureIds(await (await pages.match(key, ANY))?.text() ?? "")) gone.delete(id);
  for (const key of await shown.keys()) if (gone.has(pathOf(key).split("/")[2])) await shown.delete(key);
}

/** A page with the policies of the answer that it came in. */
async function keepPage(path, html, from, { isTaken, at = new Date() } = {}) {
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "kept-at": at.toISOString() });
  for (const name of POLICIES) if (from.headers.has(name)) headers.set(name, from.headers.get(name));
  if (isTaken) headers.set("taken", "1");
  else headers.set("etag", from.headers.get("etag") ?? "");
  const pages = await caches.open(PAGES), before = await (await pages.match(path, ANY))?.text() ?? "";
  await pages.put(path, new Response(html, { headers }));
  const still = pictureIds(html);
  for (const id of pictureIds(before)) if (!still.has(id)) leaving.add(id);
}

/** What the server has just said of a page. */
async function learn(path, answer) {
  if (isGone(answer.status)) return forget(path);
  if (!mayKeep(answer)) return;
  const html = await answer.text();
  await keepPage(path, html, answer);
  await bring(FILES, files(html));
  await prune(PAGES);
  await sweep();
}

const renew = async (path) => learn(path, await fetch(path, { cache: "no-cache" }));

async function kept(path) {
  const copy = await (await caches.open(PAGES)).match(path, ANY);
  return copy && (path === STAND_IN || !isOld(copy)) ? copy : undefined;
}

/** The page goes, and with it every picture that no other kept page shows. */
async function forget(path) {
  const pages = await caches.open(PAGES), copy = await pages.match(path, ANY);
  if (!copy) return;
  for (const id of pictureIds(await copy.text())) leaving.add(id);
  await pages.delete(path, ANY);
  await sweep();
}

// --- what is remembered from one life of the worker to the next ---

const NOTE = "/note";

async function noted() {
  return (await (await caches.open(NOTES)).match(NOTE))?.json() ?? {};
}

async function note(more) {
  await (await caches.open(NOTES)).put(NOTE, Response.json({ ...await noted(), ...more }));
}

// --- today's paper ---

async function takeStories(answer) {
  const { stories } = await answer.json(), at = new Date();
  for (const { path, html } of stories) await keepPage(path, html, answer, { isTaken: true, at });
  await note({ bundle: answer.headers.get("etag") });
  return stories;
}

async function take() {
  const answer = await fetch(BUNDLE, { cache: "no-cache" });
  if (!answer.ok) throw Error("no bundle");
  const stories = await takeStories(answer);
  await each(["/", "/today"], renew);
  await bring(FILES, stories.flatMap(({ html }) => files(html)));
  await bring(PICTURES, new Set(stories.flatMap(({ html }) => pictures(html))));
  await prune(PAGES);
}

/** Corrections reach what was taken along, too. */
async function retake() {
  const pages = await caches.open(PAGES), taken = [];
  for (const key of await pages.keys())
    if ((await pages.match(key, ANY))?.headers.has("taken")) taken.push(pathOf(key));
  if (taken.length === 0) return;
  const answer = await fetch(BUNDLE, { cache: "no-cache" });
  if (!answer.ok || answer.headers.get("etag") === (await noted()).bundle) return;
  const still = new Set((await takeStories(answer)).map(({ path }) => path));
  await each(taken.filter((path) => !still.has(path)), renew);
}

// --- is it still so? ---

async function checkPage(path, copy) {
  const answer = await fetch(path, { method: "HEAD", cache: "no-store" });
  if (isGone(answer.status)) await forget(path);
  else if (answer.status === 200 && copy.headers.has("etag") && copy.headers.get("etag") !== answer.headers.get("etag"))
    await renew(path);
}

async function checkAll() {
  await dropOld();
  const pages = await caches.open(PAGES);
  await each((await pages.keys()).map(pathOf), async (path) => {
    const copy = await pages.match(path, ANY);
    if (copy) await checkPage(path, copy);
  });
  await retake();
  await sweep();
  await note({ checked: Date.now(), wasDown: false });
}

let checking;
const check = () => (checking ??= checkAll().finally(() => { checking = undefined; }));

async function checkIfDue() {
  const { checked = 0, wasDown } = await noted();
  if (wasDown || Date.now() - checked > CHECK_EVERY) await check();
}

// --- answers ---

/** What a copy says of itself stands, hidden, in the page that stands in. */
async function noteWords() {
  const page = await (await caches.open(PAGES)).match(STAND_IN, ANY);
  return /<p class="kept update-note" hidden>[^]*?<\/p>/.exec(await page?.text() ?? "")?.[0] ?? "";
}

/** A copy, which tells readers when it was kept, and its script that it is one. */
async function shown(copy) {
  const at = new Date(copy.headers.get("kept-at"));
  const html = await copy.text();
  const [, language] = /<html lang="([^"]+)"/.exec(html) ?? [];
  const when = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
  const tag = (copy.headers.get("etag") ?? "").replaceAll('"', "");
  const words = await noteWords();
  const note = words.replace(" hidden", "").replace("<bdi></bdi>", `<bdi>${when}</bdi>`);
  const told = html.replace("<html ", `<html data-kept="${tag}" `)
    .replace(/<main [^>]*>/, (main) => (words && html.includes(words) ? main : main + note));
  return new Response(told, { headers: copy.headers });
}

const late = (ms) => new Promise((_, fail) => setTimeout(fail, ms, Error("late")));

async function answerPage(event) {
  const url = new URL(event.request.url);
  const copy = isPage(url) ? await kept(url.pathname) : undefined;
  const asked = fetch(event.request);
  let answer;
  try {
    answer = await (copy ? Promise.race([asked, late(PATIENCE)]) : asked);
  } catch {}
  if (answer && (answer.status < 500 || !copy)) {
    const twin = answer.clone();
    event.waitUntil((async () => {
      if (isPage(url)) await learn(url.pathname, twin);
      if (answer.status < 500) await checkIfDue();
    })().catch(() => {}));
    return answer;
  }
  asked.catch(() => {});
  event.waitUntil(note({ wasDown: true }));
  const instead = copy ?? await kept(STAND_IN);
  return instead ? shown(instead) : Response.error();
}

async function answerFile(request) {
  const cache = await caches.open(FILES);
  const copy = await cache.match(request, ANY);
  if (copy) return copy;
  const answer = await fetch(request);
  if (answer.status === 200 && /immutable/.test(answer.headers.get("cache-control"))) await cache.put(request, answer.clone());
  return answer;
}

/** The same picture in another width is better than none. */
async function anotherWidth(cache, path) {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const key = (await cache.keys()).findLast((one) => pathOf(one).startsWith(folder));
  return key && cache.match(key, ANY);
}

async function answerPicture(event) {
  const { request } = event, cache = await caches.open(PICTURES);
  try {
    const answer = await fetch(request), twin = answer.clone();
    event.waitUntil((answer.status === 200 ? cache.put(request, twin).then(() => prune(PICTURES)) : cache.delete(request, ANY)).catch(() => {}));
    return answer;
  } catch {
    return await cache.match(request, ANY) ?? await anotherWidth(cache, pathOf(request)) ?? Response.error();
  }
}

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event));
  else if (/^\/(?:theme|colours|icon)\//.test(url.pathname)) event.respondWith(answerFile(request));
  else if (request.destination === "image" && url.pathname.startsWith("/media/")) event.respondWith(answerPicture(event));
});

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(renew(STAND_IN));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// --- what a device is told (push.js) ---

/** It takes the place of what has its tag; what stands under the tag `instead` goes as well. */
async function tell({ title, path, instead, ...shown }) {
  const old = instead ? await registration.getNotifications({ tag: instead }) : [];
  await registration.showNotification(title, { ...shown, data: path });
  for (const one of old) one.close();
}

// One after another: Chromium forgets what is being shown while it is asked what there is.
let telling = Promise.resolve();
addEventListener("push", (event) => event.waitUntil(telling = telling.catch(() => {}).then(() => tell(event.data.json()))));

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data));
});

// --- what pages ask for ---

const doings = {
  take,
  check,
  /** The page that was read before there was a worker. */
  async keep({ path, pictures: seen }) {
    await clients.claim(); // it may have come while the worker was being made ready
    if (!isPage(new URL(path, location.origin))) return;
    await renew(path);
    await bring(PICTURES, seen.filter((one) => one.startsWith("/media/")));
  },
  async drop() {
    for (const name of [PAGES, PICTURES, NOTES]) await caches.delete(name);
    await renew(STAND_IN);
  },
};

addEventListener("message", (event) => {
  const [port] = event.ports;
  event.waitUntil(doings[event.data.what](event.data).then(() => port?.postMessage(true), () => port?.postMessage(false)));
});
