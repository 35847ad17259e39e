// The composer of a running story: Ctrl and Enter send it; pictures are found by words, or come from this
// device; what is typed stays in this tab until it is sent.  Without this the form does all of it, but with
// fewer pictures.
const form = document.getElementById('composer'), wall = document.querySelector('.picture-choices');

/** Kept under what it is of; `sent`: what went with the page before, and is let go of when that was taken. */
function keepsTyped() {
  const key = `typed ${form.action} ${form.elements.entry.value}`, SENT = 'typed sent';
  const all = [...form.querySelectorAll('textarea[name], input[name]:not([type]), input[name][type=url]')];
  const sent = sessionStorage.getItem(SENT), seen = form.elements.seen;
  const isWrong = document.getElementById('wrong') !== null;

  sessionStorage.removeItem(SENT);
  if (sent && document.querySelector('.said') && !isWrong) sessionStorage.removeItem(sent);
  const kept = JSON.parse(sessionStorage.getItem(key));
  if (kept && !isWrong) {
    for (const one of all) one.value = kept.texts[one.name] ?? one.value;
    seen.value = kept.seen; // whoever has changed it since is not written over
    for (const one of all) if (one.value !== one.defaultValue && one.closest('details')) one.closest('details').open = true;
  }
  form.addEventListener('input', () => {
    const texts = Object.fromEntries(all.map((one) => [one.name, one.value]));
    sessionStorage.setItem(key, JSON.stringify({ seen: seen.value, texts }));
  });
  form.addEventListener('submit', () => sessionStorage.setItem(SENT, key));
}

function choice(picture) {
  const label = document.getElementById('picture-choice').content.cloneNode(true).querySelector('label');
  const input = label.querySelector('input'), image = new Image(picture.width, picture.height);
  input.value = picture.id;
  image.alt = '';
  image.src = picture.thumb;
  input.after(image);
  label.querySelector('span').textContent = picture.alt || picture.caption || picture.headline || picture.file;
  return label;
}

const known = (id) => wall.querySelector(`input[value="${id}"]`);

function findsPictures() {
  const search = document.querySelector('.picture-search'), field = search.querySelector('input');
  let asked = 0, waits;

  search.hidden = false;
  const find = async () => {
    const mine = ++asked;
    const reply = await fetch(`${form.dataset.pictures}?kind=image&q=${encodeURIComponent(field.value)}`);
    if (!reply.ok || mine !== asked) return;
    const { pictures } = await reply.json();
    for (const label of wall.querySelectorAll('label:has(img)')) if (!label.querySelector(':checked')) label.remove();
    for (const p of pictures.slice(0, 24)) if (p.thumb && !known(p.id)) wall.append(choice(p));
  };
  field.addEventListener('input', () => { clearTimeout(waits); waits = setTimeout(find, 200); });
  field.addEventListener('keydown', (e) => { if (e.key === 'Enter') { e.preventDefault(); find(); } });
}

/** One file after the other; the last that came is chosen. */
async function takesPictures() {
  const field = document.getElementById('picture-file');
  if (!field) return;
  const { Refused, remember, say, send } = await import(document.querySelector('script[data-upload]').dataset.upload);
  const coming = document.querySelector('.picture-coming'), progress = coming.querySelector('progress');
  const tell = (words) => { coming.querySelector('span').textContent = words; };
  let turn = Promise.resolve(), going = 0;

  field.parentNode.hidden = false;
  document.querySelector('.picture-elsewhere').hidden = true;
  const take = async (file) => {
    progress.hidden = false;
    progress.value = 0;
    try {
      const picture = await send({ file, signal: new AbortController().signal, progress, tell });
      if (!known(picture.id)) wall.querySelector('label').after(choice(picture));
      known(picture.id).checked = true;
      remember(file);
      tell(say.done);
    } catch (e) {
      if (e instanceof Refused && e.message !== say.out) remember(file);
      tell(e instanceof Refused ? e.message : say.failed);
    }
    progress.hidden = true;
    going--;
  };
  field.addEventListener('change', () => {
    for (const file of field.files) {
      going++;
      turn = turn.then(() => take(file));
    }
    field.value = '';
  });
  addEventListener('beforeunload', (e) => { if (going) e.preventDefault(); });
}

if (form) {
  form.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey)) return;
    e.preventDefault();
    form.requestSubmit(document.getElementById('now'));
  });
  keepsTyped();
  findsPictures();
  takesPictures();
}
