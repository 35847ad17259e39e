// A picture of a gallery with script on: arrow keys, Home, End and Escape, a swipe, the whole screen,
// and the neighbours are there before they are asked for.
const shot = document.querySelector(".shot");
const whole = shot.querySelector(".shot-whole");
const parser = new DOMParser();
const known = new Map(); // address: its page, with the picture on the way
let wanted = location.href;

const way = (rel) => shot.querySelector(`.shot-ways [rel=${rel}]`)?.href;

function page(address) {
  if (!known.has(address)) {
    const asked = fetch(address).then(async (reply) => {
      if (!reply.ok) throw new Error(`${reply.status}`);
      const article = parser.parseFromString(await reply.text(), "text/html");
      const found = document.importNode(article.querySelector(".shot"), true); // the picture loads
      found.pageTitle = article.title;
      return found;
    });
    asked.catch(() => known.delete(address));
    known.set(address, asked);
  }
  return known.get(address);
}

function ahead() {
  for (const rel of ["next", "prev"]) if (way(rel)) page(way(rel)).catch(() => {});
}

function hang(found) {
  const copy = found.cloneNode(true), held = document.activeElement?.rel;
  document.title = found.pageTitle;
  for (const part of [".shot-figure", ".shot-ways"]) shot.querySelector(part).replaceWith(copy.querySelector(part));
  shot.querySelector(".shot-count").textContent = copy.querySelector(".shot-count").textContent;
  if (held === "prev" || held === "next") {
    const ways = shot.querySelector(".shot-ways");
    (ways.querySelector(`[rel=${held}]`) ?? ways.querySelector("a"))?.focus();
  }
  ahead();
}

async function go(address, past) {
  if (!shot.isConnected) return; // the story was taken down
  if (!address || (address === wanted && !past)) return;
  wanted = address;
  try {
    const found = await page(address);
    if (wanted !== address) return; // another was asked for meanwhile
    if (!past) history.pushState(null, "", address);
    hang(found);
  } catch {
    location.assign(address);
  }
}

addEventListener("popstate", () => go(location.href, true));

shot.addEventListener("click", (e) => {
  const link = e.target.closest(".shot-ways a");
  if (!link || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || e.button !== 0) return;
  e.preventDefault();
  go(link.href);
});

// --- keys: an arrow goes where it points ---

const leftward = getComputedStyle(shot).direction === "rtl" ? "next" : "prev";
const rightward = leftward === "next" ? "prev" : "next";
const absolute = (path) => new URL(path, location.href).href;

const keys = {
  ArrowLeft: () => go(way(leftward)),
  ArrowRight: () => go(way(rightward)),
  Home: () => go(absolute(shot.dataset.first)),
  End: () => go(absolute(shot.dataset.last)),
  Escape: () => { if (!document.fullscreenElement) location.assign(shot.querySelector(".shot-all").href); },
};

addEventListener("keydown", (e) => {
  if (e.defaultPrevented || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || !keys[e.key]) return;
  if (e.target.closest?.(".masthead [open], input, textarea, select")) return;
  if (e.key !== "Escape") e.preventDefault();
  keys[e.key]();
});

// --- a finger that goes sideways ---

let from = null;

shot.addEventListener("touchstart", (e) => {
  const one = e.touches.length === 1 && e.target.closest(".shot-figure") && !(visualViewport?.scale > 1.01);
  from = one ? { x: e.touches[0].clientX, y: e.touches[0].clientY } : null;
}, { passive: true });

shot.addEventListener("touchend", (e) => {
  if (!from) return;
  const x = e.changedTouches[0].clientX - from.x, y = e.changedTouches[0].clientY - from.y;
  from = null;
  if (Math.abs(x) < 48 || Math.abs(x) < 2 * Math.abs(y)) return;
  go(way(x > 0 ? leftward : rightward));
}, { passive: true });

// --- the whole screen ---

if (document.fullscreenEnabled) {
  const words = whole.querySelector("span"), into = words.textContent;
  whole.hidden = false;
  whole.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : shot.requestFullscreen()));
  document.addEventListener("fullscreenchange", () => { words.textContent = document.fullscreenElement === shot ? whole.dataset.out : into; });
}

known.set(location.href, Promise.resolve(Object.assign(shot.cloneNode(true), { pageTitle: document.title })));
ahead();
