// The board: a card goes to another column by hand.  Without this, and for one whose desk has stages of
// its own, the buttons of each card do it.
const columns = [...document.querySelectorAll('.board-column')];
let dragged = null;

function move(card, stage) {
  const form = card.querySelector('form');
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'stage', value: stage });
  form.append(field);
  form.submit();
}

for (const card of document.querySelectorAll('.card:not(.is-bound)')) {
  card.draggable = true;
  card.addEventListener('dragstart', (e) => {
    dragged = card;
    card.classList.add('is-dragged');
    e.dataTransfer.effectAllowed = 'move';
    e.dataTransfer.setData('text/plain', card.querySelector('a').textContent);
  });
  card.addEventListener('dragend', () => {
    dragged = null;
    card.classList.remove('is-dragged');
    for (const c of columns) c.classList.remove('is-over');
  });
}

for (const column of columns) {
  column.addEventListener('dragover', (e) => {
    if (!dragged) return;
    e.preventDefault();
    e.dataTransfer.dropEffect = 'move';
    for (const c of columns) c.classList.toggle('is-over', c === column);
  });
  column.addEventListener('drop', (e) => {
    if (!dragged) return;
    e.preventDefault();
    if (dragged.closest('.board-column') !== column) move(dragged, column.dataset.stage);
  });
}
