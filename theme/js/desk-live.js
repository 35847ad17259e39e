// The composer of a running story: Ctrl and Enter send it; pictures are found by words; what is typed
// stays in this tab until it is sent.  Without this the form does all of it, but with fewer pictures.
const form = document.getElementById('composer');

function keepsTyped() {
  const key = `composer ${form.action} ${form.elements.entry.value}`;
  const words = form.elements.words;
  const isWrong = document.getElementById('wrong') !== null;
  const kept = sessionStorage.getItem(key);

  if (kept && !words.value && !document.querySelector('.said')) words.value = kept;
  else if (!isWrong) sessionStorage.removeItem(key);
  words.addEventListener('input', () => sessionStorage.setItem(key, words.value));
}

function choice(picture, template) {
  const label = template.cloneNode(true);
  const input = label.querySelector('input'), image = label.querySelector('img');
  input.value = picture.id;
  input.checked = false;
  Object.assign(image, { src: picture.thumb, width: picture.width, height: picture.height });
  label.querySelector('span').textContent = picture.alt || picture.caption || picture.headline;
  return label;
}

function findsPictures() {
  const search = document.querySelector('.picture-search'), field = search.querySelector('input');
  const wall = document.querySelector('.picture-choices');
  const template = wall.querySelector('label:has(img)');
  let asked = 0, waits;

  if (!template) return;
  search.hidden = false;
  const find = async () => {
    const mine = ++asked;
    const reply = await fetch(`${form.dataset.pictures}?kind=image&q=${encodeURIComponent(field.value)}`);
    if (!reply.ok || mine !== asked) return;
    const { pictures } = await reply.json();
    for (const label of wall.querySelectorAll('label:has(img)')) if (!label.querySelector(':checked')) label.remove();
    for (const p of pictures.slice(0, 24))
      if (p.thumb && !wall.querySelector(`input[value="${p.id}"]`)) wall.append(choice(p, template));
  };
  field.addEventListener('input', () => { clearTimeout(waits); waits = setTimeout(find, 200); });
  field.addEventListener('keydown', (e) => { if (e.key === 'Enter') { e.preventDefault(); find(); } });
}

if (form) {
  form.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey)) return;
    e.preventDefault();
    form.requestSubmit(document.getElementById('now'));
  });
  keepsTyped();
  findsPictures();
}
