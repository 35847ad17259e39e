// What happens to the paper while the page is open.  All tabs of a browser share one stream: whoever
// has the lock hears it and passes it on.  It is closed while a tab is hidden or put aside; what was
// missed is told afterwards.  While the reader has paused the page it hears only what must not stand
// on it any more.
const root = document.documentElement, page = root.dataset;
const words = document.getElementById("live").content;
const mine = page.live.split(","), needed = mine.filter((one) => /^(site|story-.*)$/.test(one));
const GONE = ["withdrawn", "killed", "expired", "entry-withdrawn", "breaking_over"];
const isPaused = () => page.still === "paused";
const wanted = () => (isPaused() ? needed : mine);
const QUIET_MS = 50_000, ASK_MS = 20_000, TRIES = 3, ASKED = 15, TOPICS = 32;

let tools; // of paper.js: { forms, say, keepsStill }
let heard = Number(page.event);

// --- showing it ---

// Below stand notes and buttons, above what breaks: nothing that is read moves.  Both are there before
// anything is in them, so that it is read out when it comes.
const region = (name) => {
  const one = document.createElement("div");
  one.className = name;
  one.setAttribute("role", "status");
  return one;
};
const shelf = region("live"), top = region("live-top");

let dressed = false;

function dress() {
  if (!dressed) document.head.append(words.querySelector("link").cloneNode());
  dressed = true;
}

function put(kind) {
  dress();
  shelf.querySelector(`[data-kind=${kind}]`)?.remove();
  const one = words.querySelector(`[data-kind=${kind}]`).cloneNode(true);
  shelf.append(one);
  return one;
}

function putCount(kind, n) {
  const one = put(kind);
  one.textContent = tools.say(tools.forms(one.dataset.forms), Math.min(n, 99));
  return one;
}

function note(word) {
  shelf.querySelector(".live-note")?.remove();
  const one = put(word.kind);
  one.querySelector(".live-reason").textContent = word.reason ?? "";
  const history = one.querySelector(".live-history");
  if (word.history) history.setAttribute("href", word.history); else history.remove();
  closes(one);
}

/** What can be put away, and what happens then. */
function closes(one, then = () => {}) {
  const away = words.querySelector("[data-kind=away]").cloneNode(true);
  away.addEventListener("click", () => { one.remove(); then(); });
  one.append(away);
}

/** The story that is read is there no more: not a word of it stays. */
function goneHere() {
  shelf.replaceChildren();
  const main = document.querySelector("main");
  main.replaceChildren(words.querySelector("[data-kind=gone]").cloneNode(true));
  document.title = main.querySelector("h1").textContent;
  document.head.querySelectorAll("meta[name=description], meta[property], script[type='application/ld+json']").forEach((one) => one.remove());
  scrollTo(0, 0);
  delete page.story;
}

/** Nothing of it stays but its room, so that nothing moves. */
function empty(one) {
  one.style.minHeight = `${one.offsetHeight}px`;
  one.replaceChildren();
}

function goneFrom(story) {
  for (const one of document.querySelectorAll(`main [data-story="${story}"]`)) {
    empty(one);
    dress();
    one.append(words.querySelector("[data-kind=room]").cloneNode(true));
    delete one.dataset.story; // it may come back
  }
  navigator.serviceWorker?.controller?.postMessage({ what: "check" });
}

// --- breaking news ---

let over; // when it ends by itself
const PUT_AWAY = "breaking-away";
const isAway = (id, line) => { try { const kept = localStorage.getItem(PUT_AWAY); return parseInt(kept) > id || kept === `${id} ${line}`; } catch { return false; } };

/** It can be put away: its words, not what is said instead of them later (put-away.js). */
function mayGo(one) {
  dress();
  if (!one.querySelector("button")) closes(one, () => { try { localStorage.setItem(PUT_AWAY, `${one.dataset.breaking} ${one.dataset.words}`); } catch { /* not kept */ } });
}

function breakingOver(which) {
  const one = document.querySelector(".breaking[data-breaking]");
  if (!one || (which && one.dataset.breaking !== String(which))) return;
  clearTimeout(over);
  one.remove();
}

function breaking(word) {
  const left = Date.parse(word.until) - Date.now();
  if (left <= 0 || isAway(word.breaking, word.words)) return breakingOver();
  let one = document.querySelector(`.breaking[data-breaking="${word.breaking}"]`);
  if (!one) {
    breakingOver();
    one = words.querySelector(".breaking").cloneNode(true);
    one.dataset.breaking = word.breaking;
    top.append(one);
  }
  mayGo(one);
  const line = one.querySelector("a, span"), label = words.querySelector(".breaking strong");
  if (one.dataset.words !== word.words) {
    one.querySelector("strong").textContent = word.corrected ? label.dataset.corrected : label.textContent;
    line.textContent = word.words;
  }
  Object.assign(one.dataset, { of: word.story, words: word.words });
  if (word.path) line.setAttribute("href", word.path); else line.removeAttribute("href");
  clearTimeout(over);
  over = setTimeout(breakingOver, Math.min(left, 2 ** 31 - 1));
}

// --- lists ---

const isList = !page.story && page.live !== "site";
const fresh = new Set(); // stories that came since

const isCalm = () => !tools.keepsStill() && scrollY < 80 && !document.querySelector("main").contains(document.activeElement) && getSelection().isCollapsed;

/** The page as it would be drawn now. */
async function anew() {
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  return { status: answer?.status, now: answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null };
}

async function renew() {
  const { now } = await anew(), main = now?.querySelector("main");
  if (!main) return;
  page.event = now.documentElement.dataset.event;
  document.querySelector("main").replaceChildren(...main.childNodes);
  fresh.clear();
  shelf.querySelectorAll(".live-more").forEach((one) => one.remove());
  document.dispatchEvent(new Event("fresh"));
}

/** At the top new things join by themselves; elsewhere a button says how many there are. */
let planned;

function offer() {
  clearTimeout(planned);
  planned = setTimeout(() => {
    if (isCalm()) return renew();
    const one = fresh.size ? putCount("count", fresh.size) : put("more");
    shelf.querySelectorAll(".live-more").forEach((other) => other === one || other.remove());
    one.addEventListener("click", async () => {
      await renew();
      document.querySelector("main").focus({ preventScroll: true });
      scrollTo(0, 0);
    });
  }, 300 + Math.random() * 1500);
}

const moments = (of) => [...of.querySelectorAll(".moment")].map((one) => one.id + [...one.querySelectorAll("h3, .body")].map((each) => each.textContent));
const corrections = (of) => of.querySelectorAll(".corrections p bdi");

/** Too much happened to be told: look what the page says now. */
async function lookAnew() {
  if (!page.story) return isList && offer();
  const { status, now } = await anew();
  if (status === 404 || status === 410) return goneHere();
  if (!now) return;
  const { event, version } = now.documentElement.dataset;
  heard = Math.max(heard, Number(event));
  if (Number(version) > Number(page.version)) {
    const corrected = corrections(now).length > corrections(document).length;
    note({
      kind: corrected ? "corrected" : "updated",
      reason: (corrected ? corrections(now)[0] : now.querySelector(".update-note > strong + bdi"))?.textContent,
      history: now.querySelector(".story-times a")?.getAttribute("href"),
    });
  }
  const here = moments(document);
  if (moments(now).some((one) => !here.includes(one))) again();
}

// --- running stories ---

const coverage = (story) => document.querySelector(`[data-running="${story}"]`);
const entryHere = (word) => document.getElementById(`entry-${word.entry}`);
const come = []; // entries that a button counts

async function entryOf(list, entry) {
  const answer = await fetch(`${list.dataset.part}${entry}.part`).catch(() => null);
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(`<ol>${await answer.text()}</ol>`, "text/html").querySelector("li");
}

function join(list, one) {
  document.getElementById(one.id)?.remove();
  list.hidden = false;
  if (list.dataset.order === "oldest") list.append(one); else list.prepend(one);
  document.dispatchEvent(new Event("fresh"));
}

/** Above what is read nothing is put in: there a button counts. */
async function entry(word) {
  const list = coverage(word.story);
  if (!list) return isList && document.querySelector(`[data-ticker="${word.story}"]`) && isCalm() && offer();
  if (word.pinned || (list.dataset.order !== "oldest" && list.dataset.page !== "1")) return again();
  const one = await entryOf(list, word.entry);
  if (!one) return;
  if (!tools.keepsStill() && (list.dataset.order === "oldest" || list.getBoundingClientRect().top > 0)) return join(list, one);
  come.push(one);
  const more = putCount("entries", come.length);
  more.addEventListener("click", () => {
    more.remove();
    come.splice(0).forEach((each) => join(list, each));
    list.scrollIntoView();
  });
}

async function entryChanged(word) {
  const list = coverage(word.story), old = entryHere(word);
  const one = list && old && await entryOf(list, word.entry);
  if (one) old.replaceWith(one);
}

function entryGone(word) {
  const one = coverage(word.story) && entryHere(word);
  if (one) empty(one);
}

function again() {
  put("more").addEventListener("click", () => location.reload());
}

// --- what is said ---

const show = {
  published: (word) => {
    if (document.querySelector(`main [data-story="${word.story}"]`)) return;
    fresh.add(word.story);
    if (isList) offer();
  },
  updated: (word) => changed(word),
  corrected: (word) => changed(word),
  withdrawn: (word) => gone(word),
  killed: (word) => gone(word),
  expired: (word) => gone(word),
  breaking,
  breaking_over: (word) => breakingOver(word.breaking),
  entry,
  "entry-changed": entryChanged,
  "entry-withdrawn": entryGone,
  coverage: (word) => coverage(word.story) && again(),
  front: () => isList && offer(),
  reload: () => setTimeout(lookAnew, Math.random() * 5000),
};

function changed(word) {
  if (String(word.story) === page.story) {
    if (word.version > Number(page.version)) note(word);
  } else if (isList && (isCalm() || (tools.keepsStill() && document.querySelector(`main [data-story="${word.story}"]`)))) {
    offer();
  }
}

function gone(word) {
  if (document.querySelector(".breaking")?.dataset.of === String(word.story)) breakingOver();
  if (String(word.story) === page.story) goneHere();
  goneFrom(word.story);
}

function take(word) {
  if (isPaused() && !GONE.includes(word.kind)) return;
  if (word.event !== undefined) {
    if (word.event <= heard || !word.topics.some((one) => mine.includes(one))) return;
    if (!isPaused()) heard = word.event;
  }
  show[word.kind]?.(word);
  document.dispatchEvent(new CustomEvent("live", { detail: word }));
}

// --- one stream for all tabs ---

const tab = crypto.randomUUID?.() ?? String(Math.random());
let channel, letGo, waiting, source;
let wants = new Map(); // of who leads: a tab, what it listens to
let beat, failed, watch, asking, heardOf;

const covers = (topics, one) => one.every((each) => topics.includes(each));

/** All under these topics was told, up to that event. */
function reached({ topics, event }) {
  if (!isPaused() && covers(topics, mine)) heard = Math.max(heard, event);
}

function tell(word) {
  take(word);
  channel?.postMessage({ word });
}

function stop() {
  source?.close();
  source = null;
  clearInterval(watch);
  clearTimeout(asking);
}

const asked = () => {
  const all = [...wants.values(), { topics: wanted(), heard }];
  heardOf = [...new Set(all.flatMap((one) => one.topics))].slice(0, TOPICS);
  return { topics: heardOf.join(","), after: Math.min(...all.map((one) => one.heard)) };
};

function soFar(event) {
  const far = { topics: heardOf, event };
  reached(far);
  for (const one of wants.values()) if (covers(heardOf, one.topics)) one.heard = Math.max(one.heard, event);
  channel?.postMessage({ far });
}

function stream() {
  stop();
  const { topics, after } = asked();
  failed = 0;
  beat = Date.now();
  source = new EventSource(`/live/${topics}?after=${after}`);
  source.onopen = () => { failed = 0; beat = Date.now(); };
  source.onmessage = (e) => { beat = Date.now(); tell(JSON.parse(e.data)); };
  source.addEventListener("beat", (e) => {
    beat = Date.now();
    soFar(Number(e.lastEventId));
  });
  source.addEventListener("reload", () => { // it was too slow, and lost some
    stop();
    asking = setTimeout(stream, Math.random() * 5000);
  });
  source.onerror = () => { if (source.readyState === EventSource.CLOSED || ++failed >= TRIES) ask(); };
  watch = setInterval(() => Date.now() - beat > QUIET_MS && ask(), 5000);
}

/** No stream comes through: ask now and then, and after a while try again. */
function ask(times = 0) {
  stop();
  asking = setTimeout(async () => {
    const { topics, after } = asked();
    const answer = await fetch(`/live/${topics}/since/${after}`).catch(() => null);
    const said = answer?.ok ? await answer.json() : { said: [] };
    if (said.reload) tell({ kind: "reload" });
    said.said.forEach(tell);
    if (said.now) soFar(said.now);
    if (times < ASKED) ask(times + 1); else stream();
  }, ASK_MS * (times ? 1 + Math.random() : Math.random()));
}

function lead() {
  wants = new Map();
  channel?.postMessage({ who: true });
  setTimeout(() => letGo && stream(), 50);
}

function want() {
  channel.postMessage({ tab, topics: wanted(), heard });
}

function hear({ data }) {
  if (data.word) return take(data.word);
  if (data.far) return reached(data.far);
  if (data.who) return want();
  if (data.gone) return void wants.delete(data.gone);
  const known = wants.get(data.tab);
  wants.set(data.tab, data);
  if (source && !(known && covers(known.topics, data.topics))) stream();
}

function enter() {
  if (waiting) return;
  waiting = new AbortController();
  if (!navigator.locks || !window.BroadcastChannel) {
    letGo = () => {};
    return lead();
  }
  channel = new BroadcastChannel("live");
  channel.onmessage = hear;
  want();
  navigator.locks.request("live", { signal: waiting.signal }, () => new Promise((done) => {
    letGo = done;
    lead();
  })).catch(() => {});
}

function leave() {
  if (!waiting) return;
  waiting.abort();
  waiting = null;
  stop();
  letGo?.();
  letGo = null;
  channel?.postMessage({ gone: tab });
  channel?.close();
  channel = null;
}

let was; // as it was when the page last entered: a pause begins and ends with another stream

function asSeen() {
  if (document.hidden || was !== isPaused()) leave();
  was = isPaused();
  if (!document.hidden) enter();
}

export function begin(given) {
  tools = given;
  document.body.append(top, shelf);
  document.querySelectorAll(".breaking[data-breaking]").forEach(mayGo);
  document.addEventListener("visibilitychange", asSeen);
  document.addEventListener("still", asSeen);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (e) => e.persisted && asSeen());
  asSeen();
}
