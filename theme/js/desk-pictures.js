// The library of pictures with script on: files go up two at a time, with what has come of each.
const form = document.querySelector("#drop"), files = form.querySelector("#files"), hint = document.querySelector("#files-most");
const sending = document.querySelector("#sending"), rows = document.querySelector("#sending-files"), said = document.querySelector("#sending-said");
const wall = document.querySelector("#wall");
const { Refused, remember, say, send } = await import(document.querySelector("script[data-upload]").dataset.upload);
const AT_ONCE = 2;
const waiting = [];
let going = 0, failed = 0;

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
