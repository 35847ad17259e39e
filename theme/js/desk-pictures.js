// The library of pictures with script on: files go up in pieces, two at a time, with what has come of each;
// a cut line is waited for; a file that was begun goes on where it was, also after the page was left.
const form = document.querySelector("#drop"), files = form.querySelector("#files"), hint = document.querySelector("#files-most");
const sending = document.querySelector("#sending"), rows = document.querySelector("#sending-files"), said = document.querySelector("#sending-said");
const wall = document.querySelector("#wall"), say = document.querySelector("#sending-words").dataset;
const token = document.querySelector("meta[name=desk-token]").content;
const AT_ONCE = 2, TRIES = 40, LONGEST = 15_000, KEPT = "desk-uploads";
const waiting = [];
let going = 0, failed = 0;

// --- what was begun is remembered, so that the same file chosen again goes on ---

const key = (file) => `${file.name}/${file.size}/${file.lastModified}`;
function begun() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}
function remember(file, upload) {
  const all = begun();
  if (upload) all[key(file)] = upload; else delete all[key(file)];
  try { localStorage.setItem(KEPT, JSON.stringify(all)); } catch { /* it begins anew then */ }
}

// --- asking ---

class Refused extends Error {}

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

async function send(one) {
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

function show(picture) {
  if (wall.querySelector(`a[href="/desk/pictures/${picture.id}"]`)) return;
  const tile = document.querySelector("#tile").content.cloneNode(true), box = tile.querySelector(".tile");
  tile.querySelector("a").href = `/desk/pictures/${picture.id}`;
  tile.querySelector("bdi").textContent = picture.headline || picture.file;
  tile.querySelector(".mark").hidden = !!picture.alt || !picture.thumb;
  if (picture.thumb) {
    const img = new Image(picture.width, picture.height);
    img.alt = "";
    img.src = picture.thumb;
    box.replaceChildren(img);
  }
  wall.prepend(tile);
  const empty = document.querySelector(".empty");
  if (empty) empty.hidden = true;
}

function row(file) {
  const made = document.querySelector("#sending-file").content.cloneNode(true).querySelector("li"), stop = new AbortController();
  const state = made.querySelector(".row-foot span"), button = made.querySelector("button");
  made.querySelector("bdi").textContent = file.name;
  made.querySelector("progress").ariaLabel = file.name;
  button.setAttribute("aria-label", `${button.textContent} (${file.name})`);
  button.addEventListener("click", () => stop.abort());
  rows.append(made);
  return { file, row: made, button, signal: stop.signal, progress: made.querySelector("progress"), tell: (words) => { state.textContent = words; } };
}

async function carry(one) {
  let ended = say.done;
  try {
    if (one.signal.aborted) throw one.signal.reason;
    show(await send(one));
    one.progress.value = 1;
  } catch (e) {
    ended = one.signal.aborted ? say.left : e instanceof Refused ? e.message : say.failed;
    if (!one.signal.aborted) failed++;
    one.row.classList.add("is-refused");
    if (one.signal.aborted || (e instanceof Refused && ended !== say.out)) remember(one.file);
  }
  if (ended === say.done) remember(one.file);
  one.tell(ended);
  one.progress.remove();
  if (document.activeElement === one.button) { sending.tabIndex = -1; sending.focus(); }
  one.button.remove();
  said.textContent = `${one.file.name}: ${ended}`;
}

async function next() {
  while (going < AT_ONCE && waiting.length) {
    going++;
    carry(waiting.shift()).finally(() => {
      going--;
      if (!going && !waiting.length) said.textContent += ` ${failed ? say.some : say.all}`;
      next();
    });
  }
}

function take(chosen) {
  if (!chosen.length) return;
  if (!going) failed = 0;
  sending.hidden = false;
  for (const file of chosen) {
    const one = row(file);
    one.tell(say.waits);
    waiting.push(one);
  }
  next();
}

form.querySelector(".drop-send").hidden = true;
files.required = false;
hint.textContent = say.drop;
files.addEventListener("change", () => {
  take([...files.files]);
  files.value = "";
});
form.addEventListener("submit", (e) => e.preventDefault());

const holdsFiles = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");
addEventListener("dragover", (e) => {
  if (!holdsFiles(e)) return;
  e.preventDefault();
  form.classList.add("takes-drops");
});
addEventListener("dragleave", (e) => e.relatedTarget === null && form.classList.remove("takes-drops"));
addEventListener("drop", (e) => {
  if (!holdsFiles(e)) return;
  e.preventDefault();
  form.classList.remove("takes-drops");
  take([...e.dataTransfer.files]);
});
addEventListener("beforeunload", (e) => { if (going) e.preventDefault(); });
