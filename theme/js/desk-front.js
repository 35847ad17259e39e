// The front editor by hand: slots are dragged to another position, stories to another place; what the
// buttons do goes on doing it.  After an act the focus is where it was.
const slots = document.querySelector(".slots");
const model = slots?.querySelector(".ways");
let held; // the slot or place under the hand

/** Send what a button of the page would. */
function act(fields) {
  const form = model.cloneNode(false);
  for (const input of model.querySelectorAll("[name=token], [name=section]")) form.append(input.cloneNode());
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  form.hidden = true;
  document.body.append(form);
  form.submit();
}

const slotOf = (one) => one.closest(".slot");
const isPlace = (one) => one.classList.contains("place");

function dropped(on) {
  const from = slotOf(held), to = slotOf(on);
  const common = { slot: from.dataset.slot, "slot-seen": from.dataset.seen };
  if (isPlace(held)) {
    act({ ...common, place: held.dataset.place, story: held.dataset.story, act: `carry:${to.dataset.slot}:${on.dataset.place}` });
  } else {
    act({ ...common, act: `shift:${to.dataset.position}` });
  }
}

/** What the hand is over that could take what it holds. */
const target = (event) => {
  const on = held && event.target.closest?.(isPlace(held) ? ".place" : ".slot");
  return on && on !== held ? on : null;
};

function show(on) {
  for (const one of slots.querySelectorAll(".is-over")) one.classList.remove("is-over");
  on?.classList.add("is-over");
}

if (slots && matchMedia("(pointer: fine)").matches) {
  for (const handle of slots.querySelectorAll(".slot-head, .place[data-story]")) {
    handle.draggable = true;
    handle.classList.add("can-drag");
  }
  slots.addEventListener("dragstart", (event) => {
    const handle = event.target.closest("[draggable=true]");
    if (!handle) return;
    held = isPlace(handle) ? handle : slotOf(handle);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    held.classList.add("is-dragged");
  });
  slots.addEventListener("dragover", (event) => {
    const on = target(event);
    show(on);
    if (on) event.preventDefault();
  });
  slots.addEventListener("drop", (event) => {
    const on = target(event);
    if (!on) return;
    event.preventDefault();
    dropped(on);
  });
  slots.addEventListener("dragend", () => {
    held?.classList.remove("is-dragged");
    show(null);
    held = null;
  });
}

// the button that was pressed last, in the row where its story or slot stands now
const ways = ["is-up", "is-down", "is-pin"];
slots?.addEventListener("submit", (event) => {
  const way = ways.find((one) => event.submitter?.classList.contains(one));
  if (way) sessionStorage.setItem("desk-front", way);
});
const way = sessionStorage.getItem("desk-front");
const row = location.hash && document.getElementById(location.hash.slice(1));
sessionStorage.removeItem("desk-front");
const again = () => (row.querySelector(`.ways .${way}`) ?? row.querySelector(".ways button"))?.focus();
// the browser goes to the row by itself first, which takes the focus away
if (way && row) addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(again)));
