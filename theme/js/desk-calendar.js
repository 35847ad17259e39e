// The calendar: an item goes to another day by hand, its time of day stays; Alt and the arrows move
// the one that has the focus, by a day or an hour.  Without this each item has a form.
const hour = 3600e3;
let dragged = null;

// times are those of the paper's wall, wherever the browser is: reckoned as if they were UTC
const wall = (field) => new Date(`${field}:00Z`);
const field = (date) => date.toISOString().slice(0, 16);

function move(item, at) {
  const form = item.querySelector('form');
  form.elements.at.value = at;
  form.submit();
}

for (const item of document.querySelectorAll('.item[data-at]')) {
  item.draggable = true;
  item.addEventListener('dragstart', (e) => {
    dragged = item;
    item.classList.add('is-dragged');
    e.dataTransfer.effectAllowed = 'move';
    e.dataTransfer.setData('text/plain', item.querySelector('a').textContent);
  });
  item.addEventListener('dragend', () => {
    dragged = null;
    item.classList.remove('is-dragged');
    for (const c of document.querySelectorAll('.is-over')) c.classList.remove('is-over');
  });
  item.addEventListener('keydown', (e) => {
    const rtl = document.dir === 'rtl' ? -1 : 1;
    const by = { ArrowLeft: -24 * rtl, ArrowRight: 24 * rtl, ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!e.altKey || !by || e.target.matches('input')) return;
    e.preventDefault();
    move(item, field(new Date(wall(item.dataset.at).getTime() + by * hour)));
  });
}

for (const cell of document.querySelectorAll('.week-cell')) {
  const fits = () => dragged && dragged.closest('tr') === cell.closest('tr');
  cell.addEventListener('dragover', (e) => {
    if (!fits()) return;
    e.preventDefault();
    e.dataTransfer.dropEffect = 'move';
    for (const c of document.querySelectorAll('.week-cell')) c.classList.toggle('is-over', c === cell);
  });
  cell.addEventListener('drop', (e) => {
    if (!fits()) return;
    e.preventDefault();
    if (dragged.closest('.week-cell') !== cell) move(dragged, `${cell.dataset.day}T${dragged.dataset.at.slice(11)}`);
  });
}
