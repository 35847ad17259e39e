// What the page gains with script on: times say how long ago they were, menus close by themselves,
// and sections that do not fit in their bar stand behind an ellipsis.
const root = document.documentElement, page = root.dataset;
const forms = (of) => (of ?? "").split("|").map((form) => [parseInt(form), form.replace(/^\d+ /, "")]);
const minuteForms = forms(page.minutes), hourForms = forms(page.hours);
const digits = [...page.digits ?? "0123456789"];

const minutesSince = (moment) => Math.round((Date.now() - moment) / 60000);
const isRecent = (moment) => minutesSince(moment) >= 0 && minutesSince(moment) < 24 * 60;

function say(of, n) {
  const [, form] = of.findLast(([from]) => from <= n);
  return form.replace("{n}", String(n).replace(/\d/g, (digit) => digits[digit]));
}

function ago(moment) {
  const minutes = minutesSince(moment);
  if (!isRecent(moment)) return null;
  return minutes < 60 ? say(minuteForms, minutes) : say(hourForms, Math.round(minutes / 60));
}

const rooms = new Map(); // what a time stands in: its times
const told = new Map(); // a time: the text that says how long ago

function tell(time) {
  const text = ago(Date.parse(time.dateTime));
  if (!text) return;
  const whole = document.createElement("span"), short = new Text(text);
  whole.className = "unseen";
  whole.textContent = ` (${time.title})`;
  time.replaceChildren(short, whole);
  told.set(time, short);
}

// Times are told when they come near to what is seen.  Words that are shorter may need a line less:
// its room is kept, so that nothing below moves.  How high a room is the browser says by itself;
// asking for it here would have the whole page laid out once more.
const near = new IntersectionObserver((seen) => {
  const come = seen.filter((one) => one.isIntersecting);
  const high = come.filter(({ target, boundingClientRect: { height } }) => height > 1.6 * parseFloat(getComputedStyle(target).lineHeight));
  for (const { target, boundingClientRect: { height } } of high) {
    target.classList.add("as-before");
    target.style.minHeight = `${height}px`;
  }
  for (const { target } of come) {
    near.unobserve(target);
    rooms.get(target).forEach(tell);
  }
}, { rootMargin: "25%" });

function lookForTimes() {
  if (!page.minutes) return;
  for (const time of document.querySelectorAll("main time[datetime]")) {
    const room = time.closest("p, li, dd, td, div");
    if (room && isRecent(Date.parse(time.dateTime))) rooms.set(room, [...rooms.get(room) ?? [], time]);
  }
  for (const room of rooms.keys()) near.observe(room);
}

function tellAgain() {
  for (const [time, short] of told) short.data = ago(Date.parse(time.dateTime)) ?? short.data;
}

// --- keeping still ---

// One switch for all that moves or updates by itself: <html data-still="paused">.  It is remembered.
// Those who ask their device for less motion begin with data-still="": nothing moves, but they hear
// what others hear.  Whatever moves asks keepsStill(), and hears "still" on the document when that
// changes.
const still = document.querySelector(".still");

function keepsStill() {
  return "still" in root.dataset;
}

function remembered() {
  try { return localStorage.getItem("still"); } catch { return null; }
}

function keepStill(wanted, how = "paused") {
  root.toggleAttribute("data-still", wanted);
  if (wanted) page.still = how;
  still?.setAttribute("aria-pressed", String(wanted));
  document.dispatchEvent(new Event("still"));
}

function asWanted() {
  const kept = remembered();
  if (kept) keepStill(kept === "yes"); else keepStill(matchMedia("(prefers-reduced-motion: reduce)").matches, "");
}

if (still) {
  still.hidden = false;
  still.addEventListener("click", () => {
    try { localStorage.setItem("still", keepsStill() ? "no" : "yes"); } catch { /* not kept */ }
    keepStill(!keepsStill());
  });
}

function watchStill() {
  addEventListener("storage", (e) => e.key === "still" && asWanted());
  matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", asWanted);
  asWanted();
}

// --- menus ---

const menus = [...document.querySelectorAll(".masthead details")];

function close(menu, focus) {
  if (!menu.open) return;
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

addEventListener("keydown", (e) => {
  if (e.key === "Escape") menus.forEach((menu) => close(menu, menu.contains(document.activeElement)));
});
addEventListener("click", (e) => menus.forEach((menu) => menu.contains(e.target) || close(menu)));
addEventListener("focusin", (e) => menus.forEach((menu) => menu.contains(e.target) || close(menu)));

// --- sections that do not fit ---

const bar = document.querySelector(".sections ul"), more = document.querySelector(".more");
const narrow = matchMedia("(max-width: 39.99rem)");

/** On a telephone the bar is scrolled, and begins where one is. */
function showCurrent() {
  const one = bar.querySelector("[aria-current]")?.getBoundingClientRect(), all = bar.getBoundingClientRect();
  if (one) bar.scrollLeft += (one.left + one.right - all.left - all.right) / 2;
}

function fit() {
  const all = [...bar.children], out = [];
  for (const one of all) one.hidden = false;
  more.hidden = true;
  if (narrow.matches) return showCurrent();
  if ( bar.scrollWidth <= bar.clientWidth) return;
  more.hidden = false;
  for (let i = all.length - 1; i > 0 && bar.scrollWidth > bar.clientWidth; i--) {
    out.unshift(all[i].cloneNode(true));
    all[i].hidden = true;
  }
  more.querySelector("ul").replaceChildren(...out);
}

function watchBar() {
  if (bar && more) new ResizeObserver(fit).observe(bar.closest(".bar"));
}

// --- passing a story on ---

const handover = document.querySelector(".handover");

function offerHandover() {
  if (!handover) return;
  const { address: url, title } = handover.dataset, part = (name) => handover.querySelector(`.handover-${name}`);
  if (navigator.share) {
    part("device").hidden = false;
    part("device").firstElementChild.addEventListener("click", () => navigator.share({ url, title }).catch(() => {}));
  }
  if (navigator.clipboard) {
    part("link").hidden = true;
    part("copy").hidden = false;
    part("copy").firstElementChild.addEventListener("click", () => navigator.clipboard.writeText(url).then(() => {
      part("done").textContent = part("done").dataset.said;
    }, () => {}));
  }
}

function tellTimes() {
  lookForTimes();
  setInterval(() => keepsStill() || tellAgain(), 60000);
  document.addEventListener("still", () => keepsStill() || tellAgain());
}

// --- what is kept for when there is no connection (offline.js) ---

const keeper = navigator.serviceWorker, kept = page.kept;

/** Once there is a connection again, a copy gives way to what the paper says now. */
function watchCopy() {
  let waits = 4000, asks = false, over = false;
  const look = async () => {
    if (asks || over) return;
    asks = true;
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    asks = false;
    if (!answer || answer.status >= 500) return;
    over = true;
    if (answer.status !== 200 || (answer.headers.get("etag") ?? "").replaceAll('"', "") !== kept) return location.reload();
    document.querySelector(".kept")?.setAttribute("hidden", "");
    keeper.controller?.postMessage({ what: "check" });
  };
  const again = async () => {
    await look();
    if (!over) setTimeout(again, waits = Math.min(2 * waits, 60000));
  };
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  setTimeout(again, waits);
}

async function beginKeeping() {
  const first = !keeper.controller;
  await keeper.register("/offline.js");
  const { active } = await keeper.ready;
  if (!first) return;
  const pictures = [...document.images].filter((i) => i.currentSrc).map((i) => new URL(i.currentSrc).pathname);
  active.postMessage({ what: "keep", path: location.pathname + location.search, pictures });
}

function watchKeeper() {
  if (!keeper) return;
  if (kept !== undefined) watchCopy();
  const begin = () => beginKeeping().catch(() => {});
  if (document.readyState === "complete") begin(); else addEventListener("load", begin);
}

/** Breaking news by push, where the browser can (push.js). */
function offerPush() {
  const bell = document.querySelector(".push");
  if (bell && keeper && "PushManager" in window && "Notification" in window) import(bell.dataset.script).catch(() => {});
}

// --- what happens while the page is open (live.js) ---

function listen() {
  const begin = () => import(page.listener).then((live) => live.begin({ forms, say, keepsStill })).catch(() => {});
  if (page.live) addEventListener("load", () => setTimeout(begin));
}

document.addEventListener("fresh", () => { rooms.clear(); told.clear(); lookForTimes(); });

// Each in a task of its own: between them a slow telephone can answer a finger.
for (const part of [watchBar, watchStill, offerHandover, tellTimes, watchKeeper, offerPush]) setTimeout(part);
listen();
