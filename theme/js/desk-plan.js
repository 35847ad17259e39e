// The board and the calendar: what is planned goes to another column, or another day, by hand.  On the
// board the buttons of each card do it without this, and for a card whose desk has stages of its own; in the
// calendar a form of each item does, and Alt with the arrows for the one that has the focus, by a day or
// an hour.
const { drag } = await import(document.querySelector('script[data-drag]').dataset.drag);

const hour = 3600e3;

// --- the board ---

function stage(card, column) {
  const form = card.querySelector('form');
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'stage', value: column.dataset.stage });
  form.append(field);
  form.submit();
}
drag(document.querySelectorAll('.card:not(.is-bound)'), document.querySelectorAll('.board-column'), () => true, stage);

// --- the calendar ---

// times are those of the paper's wall, wherever the browser is: reckoned as if they were UTC
const wall = (field) => new Date(`${field}:00Z`);
const field = (date) => date.toISOString().slice(0, 16);

function move(item, at) {
  const form = item.querySelector('form');
  form.elements.at.value = at;
  form.submit();
}

const items = document.querySelectorAll('.item[data-at]');
for (const item of items) {
  item.addEventListener('keydown', (e) => {
    const rtl = document.dir === 'rtl' ? -1 : 1;
    const by = { ArrowLeft: -24 * rtl, ArrowRight: 24 * rtl, ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!e.altKey || !by || e.target.matches('input')) return;
    e.preventDefault();
    move(item, field(new Date(wall(item.dataset.at).getTime() + by * hour)));
  });
}
drag(items, document.querySelectorAll('.week-cell'), (item, cell) => item.closest('tr') === cell.closest('tr'),
     (item, cell) => move(item, `${cell.dataset.day}T${item.dataset.at.slice(11)}`));
