// The wire by keyboard; a line appears when copy arrives, and what one reads does not move.
const list = document.querySelector("#copy"), item = document.querySelector("#item");
const said = document.querySelector(".wire-said"), keys = document.querySelector("#keys");
const showKeys = document.querySelector(".wire-keys"), pause = document.querySelector(".wire-pause");
const { fresh, paused } = list.dataset;
let newest = Number(list.dataset.newest), asking, looking, came = 0, isPaused = false, undo;

const links = () => [...list.querySelectorAll(".row-title a")];
const current = () => list.querySelector("[aria-current]");
const parse = async (reply) => new DOMParser().parseFromString(await reply.text(), "text/html");
const say = (words) => { said.textContent = words; };

function choose(link) {
  current()?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

/** Show what a link leads to beside the list, without leaving it. */
async function look(link) {
  looking?.abort();
  looking = new AbortController();
  item.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(link.href, { signal: looking.signal });
    if (!reply.ok || reply.redirected) throw new Error(reply.status);
    item.replaceChildren(...(await parse(reply)).querySelector("#item").childNodes);
    item.scrollTop = 0;
    history.replaceState(null, "", link.href.replace(/#.*/, ""));
  } catch (e) {
    if (e.name === "AbortError") return;
    say(list.dataset.failed);
  }
  item.removeAttribute("aria-busy");
}

function move(by) {
  const all = links(), at = all.indexOf(current());
  const link = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!link) return;
  choose(link);
  link.focus();
  link.scrollIntoView({ block: "nearest" });
  look(link);
}

/** What the row and the item beside it say now. */
async function refresh(link) {
  const page = await parse(await fetch(link.href)), id = link.closest("li").id;
  const row = page.querySelector(`#${id}`);
  if (row) {
    const old = document.getElementById(id), hadFocus = old.contains(document.activeElement);
    old.replaceWith(row);
    if (current() !== row.querySelector("a") && link.hasAttribute("aria-current")) choose(row.querySelector("a"));
    if (hadFocus) row.querySelector("a").focus();
  }
  const shown = list.querySelector("[aria-current]");
  if (shown?.closest("li").id === id) item.replaceChildren(...page.querySelector("#item").childNodes);
}

/** Do something with the item that is shown; true when it was done. */
async function act(word) {
  const form = item.querySelector(".wire-acts"), link = current();
  const button = form?.querySelector(`[value="${word}"]`);
  if (!button || item.hasAttribute("aria-busy")) return false;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("act", word);
  try {
    const reply = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    const answer = await reply.json();
    if (reply.status === 409) say(answer.error);
    else if (!reply.ok) throw new Error(reply.status);
    else if (word === "take") location.assign(answer.to);
    if (link && word !== "take") await refresh(link);
    return reply.ok;
  } catch {
    say(list.dataset.failed);
    return false;
  }
}

async function spike() {
  const link = current();
  if (!link || !await act("spike")) return;
  undo = link.closest("li")?.id ?? document.querySelector("#copy [aria-current]").closest("li").id;
  say(list.dataset.spiked);
  move(1);
}

async function unspike() {
  const link = undo && document.getElementById(undo)?.querySelector("a");
  if (link) {
    choose(link);
    link.focus();
    await look(link);
  }
  if (await act("unspike")) say(list.dataset.unspiked);
  undo = undefined;
}

function toggleKeys() {
  keys.hidden = !keys.hidden;
  if (!keys.hidden) keys.scrollIntoView({ block: "nearest" });
  showKeys.setAttribute("aria-expanded", String(!keys.hidden));
}

const does = {
  j: () => move(1),
  k: () => move(-1),
  s: spike,
  u: unspike,
  t: () => act("take"),
  "/": () => document.querySelector("#words").focus(),
  "?": toggleKeys,
};

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (!Object.hasOwn(does, e.key)) return;
  e.preventDefault();
  does[e.key]();
});

list.addEventListener("click", (e) => {
  const link = e.target.closest(".row-title a");
  if (!link || e.ctrlKey || e.metaKey || e.shiftKey || !matchMedia("(min-width: 62rem)").matches) return;
  e.preventDefault();
  choose(link);
  look(link).then(() => { if (e.detail === 0) item.focus(); });
});

/** New lines at the top; what is under the eyes stays where it is. */
function insert(rows) {
  const still = links().find((a) => a.getBoundingClientRect().bottom > 0);
  const before = still?.getBoundingClientRect().top;
  for (const row of rows.reverse()) {
    if (document.getElementById(row.id)) continue;
    row.classList.add("is-fresh");
    list.prepend(row);
    came += 1;
  }
  document.querySelector(".wire-list > .empty")?.remove();
  if (still && scrollY > 0) scrollBy(0, still.getBoundingClientRect().top - before);
  say(`${list.dataset.new} ${came}`);
}

async function ask() {
  if (isPaused || document.hidden || asking) return;
  asking = true;
  try {
    const address = new URL(fresh, location.href);
    address.searchParams.set("since", newest);
    const reply = await fetch(address);
    if (reply.status === 200 && !reply.redirected) {
      const page = await parse(reply), rows = page.querySelector("#copy");
      newest = Math.max(newest, Number(rows.dataset.newest));
      insert([...rows.children]);
    }
  } catch { /* the next time */ }
  asking = false;
}

pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? list.dataset.goOn : list.dataset.pause;
  say(isPaused ? paused : "");
  if (!isPaused) ask();
});
showKeys.addEventListener("click", toggleKeys);
document.querySelector(".wire-live").hidden = false;
if (fresh) {
  setInterval(ask, 5000);
  document.addEventListener("visibilitychange", ask);
} else pause.hidden = true;
