// What happens to the paper while the page is open.  All tabs of a browser share one stream: whoever
// has the lock hears it and passes it on.  It is closed while a tab is hidden or put aside; what was
// missed is told afterwards.  While the reader has paused the page it hears only what must not stand
// on it any more.
const root = document.documentElement, page = root.dataset;
const words = document.getElementById("live").content;
const mine = page.live.split(","), needed = mine.filter((one) => /^(site|running|story-.*)$/.test(one));
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

const main = document.querySelector("main");
const copy = (kind) => words.querySelector(`[data-kind=${kind}]`).cloneNode(true);

/** What is read is there no more: not a word of it stays. */
function goneHere(said) {
  shelf.replaceChildren();
  main.replaceChildren(copy("gone"));
  if (said) main.querySelector("h1").textContent = said.textContent;
  document.title = main.querySelector("h1").textContent;
  document.head.querySelectorAll("meta[name=description], meta[property], script[type='application/ld+json']").forEach((one) => one.remove());
  scrollTo(0, 0);
  delete page.story;
}

/** Nothing of it stays but its room, which says so; nothing moves. */
function empty(one, said) {
  dress();
  one.style.minHeight = `${one.offsetHeight}px`;
  one.removeAttribute("href");
  one.replaceChildren(said);
}

const dead = new Set(), lost = new Set(); // stories, and entries of this one, that may come back

function goneFrom(story) {
  for (const one of main.querySelectorAll(`[data-story="${story}"]`)) {
    empty(one, copy("room"));
    delete one.dataset.story;
    document.head.querySelector("script[type='application/ld+json']")?.remove(); // it lists what the page shows
  }
}

function entryGoneFrom(entry) {
  for (const one of main.querySelectorAll(`[data-entry="${entry}"]`)) {
    if (one.matches(".is-alone")) return goneHere(copy("entry-room"));
    empty(one, copy("entry-room"));
    delete one.dataset.entry;
  }
}

/** Something was put in: what went while it was on its way goes again. */
function settle() {
  dead.forEach(goneFrom);
  lost.forEach(entryGoneFrom);
  document.dispatchEvent(new Event("fresh"));
}

const isCalm = () => !tools.keepsStill() && scrollY < 80 && !main.querySelector(":focus") && getSelection().isCollapsed;
const soon = (what) => setTimeout(what, 300 + Math.random() * 1500);
const isHeld = (one) => one.matches(":focus-within") || (!getSelection().isCollapsed && getSelection().containsNode(one, true));

/** Put what is now in the place of what was; not where something that is read would move. */
function swap(old, now) {
  if (!old || !now || isHeld(old)) return false;
  const { top, height } = old.getBoundingClientRect();
  old.replaceWith(now);
  const grown = now.getBoundingClientRect().height - height;
  if (grown > 1 && top < innerHeight && !isCalm()) {
    now.replaceWith(old);
    return false;
  }
  if (grown < 0) now.style.minHeight = `${height}px`;
  return true;
}

// --- breaking news ---

let over; // when it ends by itself
const PUT_AWAY = "breaking-away";
const isAway = (id, line, isCorrected) => { try { const kept = localStorage.getItem(PUT_AWAY), of = parseInt(kept); return of > id || (of === id && !isCorrected) || kept === `${id} ${line}`; } catch { return false; } };

/** It can be put away, but not what it is corrected to later (put-away.js). */
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
  if (left <= 0 || isAway(word.breaking, word.words, word.corrected)) return breakingOver();
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

const isList = !page.story && mine.some((one) => !/^(site|running)$/.test(one));
const fresh = new Set(); // stories that came since
let other = false; // something else did

/** The page as it would be drawn now. */
async function anew() {
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  return { status: answer?.status, now: answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null };
}

async function renew() {
  const { now } = await anew();
  if (!now) return;
  page.event = now.documentElement.dataset.event;
  main.replaceChildren(...now.querySelector("main").childNodes);
  fresh.clear();
  other = false;
  shelf.querySelectorAll(".live-more").forEach((one) => one.remove());
  settle();
}

/** At the top new things join by themselves; elsewhere a button says how many there are. */
let planned;

function count() {
  shelf.querySelectorAll(".live-more").forEach((one) => one.remove());
  if (!fresh.size && !other) return;
  const one = fresh.size ? putCount("count", fresh.size) : put("more");
  one.addEventListener("click", async () => {
    await renew();
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  });
}

function offer(isOther = true) {
  other ||= isOther;
  clearTimeout(planned);
  planned = soon(() => (isCalm() && (fresh.size || other) ? renew() : count()));
}

/** A story of the list says something else now. */
async function mend(story) {
  const which = `[data-story="${story}"]`;
  if (!main.querySelector(which)) return;
  const { now } = await anew();
  const all = now?.querySelectorAll(`main ${which}`) ?? [];
  const done = [...main.querySelectorAll(which)].map((old, i) => old.className === all[i]?.className && swap(old, all[i]));
  settle();
  if (done.includes(false)) offer();
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
    const had = [...corrections(document)].map((one) => one.textContent);
    const corrected = [...corrections(now)].find((one) => !had.includes(one.textContent));
    note({
      kind: corrected ? "corrected" : "updated",
      reason: (corrected ?? now.querySelector(".update-note > strong + bdi"))?.textContent,
      history: now.querySelector(".story-times a")?.getAttribute("href"),
    });
  }
  const here = moments(document);
  if (moments(now).some((one) => !here.includes(one))) again();
}

// --- running stories ---

const coverage = (story) => main.querySelector(`[data-running="${story}"]`);
const come = new Set(); // entries that a button counts
let turn = Promise.resolve(); // one entry after another

const parse = async (address) => {
  const answer = await fetch(address).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
};
const entryOf = async (list, entry) => (await parse(`${list.dataset.part}${entry}.part`))?.querySelector("li");

const asked = new Map(); // a story: when it is asked for

/** Where other pages show it in brief: a line, a box. */
function brief({ kind, story, entry }) {
  const which = `[data-story="${story}"]`, where = main.querySelector(`${which}[data-part]`);
  if (kind === "entry-withdrawn") main.querySelectorAll(`${which} [data-excerpt]`).forEach((one) => empty(one, "")); // its words, perhaps
  if (!where) return;
  if (kind === "entry-withdrawn") main.querySelectorAll(`${which} a[href$="#entry-${entry}"]`).forEach((one) => empty(one, copy("entry-room")));
  if (isPaused()) return;
  clearTimeout(asked.get(story));
  const plan = setTimeout(async () => {
    const now = await parse(where.dataset.part);
    if (!now || asked.get(story) !== plan) return;
    const done = [...main.querySelectorAll(`${which}[data-brief], ${which} [data-brief]`)].map((old) => swap(old, now.querySelector(`[data-brief=${old.dataset.brief}]`)));
    settle();
    if (done.includes(false)) isList ? offer() : again();
  }, Math.random() * 500);
  asked.set(story, plan);
}

const isHere = (word) => String(word.story) === page.story;
const isOldest = (list) => list.dataset.order === "oldest";
/** New ones stand on another page of the list. */
const isApart = (list) => (isOldest(list) ? "more" in list.dataset : list.dataset.page !== "1");
/** Nothing that is read moves when one is put in. */
const isOpen = (list) => isCalm() || !tools.keepsStill() && list.getBoundingClientRect()[isOldest(list) ? "bottom" : "top"] >= innerHeight;

function countEntries(list) {
  if (!come.size) return shelf.querySelector("[data-kind=entries]")?.remove();
  putCount("entries", come.size).addEventListener("click", async () => {
    if (isApart(list)) return location.assign(`${location.pathname}#coverage`);
    const { now } = await anew(), all = now?.getElementById("coverage"), old = document.getElementById("coverage");
    if (!all || !old) return;
    come.clear();
    countEntries();
    old.replaceWith(all);
    settle();
    main.querySelector("[data-running]").scrollIntoView({ block: isOldest(list) ? "end" : "start" });
  });
}

async function entry(word) {
  const list = coverage(word.story);
  if (!list) return brief(word);
  lost.delete(word.entry);
  if (word.pinned) return again();
  const joins = !isApart(list) && isOpen(list), one = joins && await entryOf(list, word.entry);
  if (joins && !one) return;
  if (one && isOpen(list)) {
    list.hidden = false;
    document.getElementById(one.id)?.remove();
    list[isOldest(list) ? "append" : "prepend"](one);
    return settle();
  }
  come.add(word.entry);
  countEntries(list);
}

async function entryChanged(word) {
  if (!isHere(word)) return brief(word);
  const which = `[data-entry="${word.entry}"]`, id = `entry-${word.entry}`;
  if (main.querySelector(`${which}.is-alone`)) return again();
  const one = document.getElementById(id) && await entryOf(coverage(word.story), word.entry);
  const key = main.querySelector(`${which}:has(> a > bdi)`), line = key?.cloneNode(true);
  if (line) line.querySelector("bdi").textContent = word.headline;
  const done = [[document.getElementById(id), one], [key, line]].map(([old, now]) => !old || !now || swap(old, now));
  settle();
  if (done.includes(false)) again();
}

function entryGone(word) {
  if (!isHere(word)) return brief(word);
  lost.add(word.entry);
  entryGoneFrom(word.entry);
  if (come.delete(word.entry)) countEntries(coverage(word.story));
}

/** It begins, pauses, ends: its head says so. */
function stateChanged(word) {
  if (main.querySelector(`[data-story="${word.story}"][data-part]`)) return brief(word);
  if (isList) return mine.includes("running") && word.state === "live" && offer();
  if (coverage(word.story)) soon(async () => {
    const { now } = await anew();
    const done = ["h2", "p"].map((part) => swap(main.querySelector(`.running-head ${part}`), now?.querySelector(`.running-head ${part}`)));
    if (done.includes(false)) again();
  });
}

function again() {
  put("more").addEventListener("click", () => location.reload());
}

// --- what is said ---

const show = {
  published: (word) => {
    if (main.querySelector(`[data-story="${word.story}"]`)) return;
    fresh.add(word.story);
    if (isList) offer(false);
  },
  updated: (word) => changed(word),
  corrected: (word) => changed(word),
  withdrawn: (word) => gone(word),
  killed: (word) => gone(word),
  expired: (word) => gone(word),
  breaking,
  breaking_over: (word) => breakingOver(word.breaking),
  entry: (word) => { turn = turn.then(() => entry(word)).catch(() => {}); },
  "entry-changed": entryChanged,
  "entry-withdrawn": entryGone,
  coverage: stateChanged,
  front: () => isList && offer(),
  reload: () => setTimeout(lookAnew, Math.random() * 5000),
};

function changed(word) {
  if (String(word.story) === page.story) {
    if (word.version > Number(page.version)) note(word);
  } else if (isList && isCalm()) {
    offer();
  } else if (isList) {
    soon(() => mend(word.story));
  }
}

function gone(word) {
  if (document.querySelector(".breaking")?.dataset.of === String(word.story)) breakingOver();
  if (String(word.story) === page.story) goneHere();
  dead.add(word.story);
  goneFrom(word.story);
  if (fresh.delete(word.story) && shelf.querySelector("[data-kind=count]")) count();
  navigator.serviceWorker?.controller?.postMessage({ what: "check" });
}

function take(word) {
  if (isPaused() && !GONE.includes(word.kind)) return;
  if (word.event !== undefined) {
    if (word.event <= heard || !word.topics.some((one) => mine.includes(one))) return;
    if (!isPaused()) heard = word.event;
  }
  if (word.path) dead.delete(word.story);
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

const allWanted = () => {
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
  const { topics, after } = allWanted();
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
    const { topics, after } = allWanted();
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
