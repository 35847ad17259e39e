// The front editor by hand (desk-drag.js): slots are dragged to another position, stories to another place; what the
// buttons do goes on doing it.  After an act the focus is where it was.
const slots = document.querySelector(".slots");
const model = slots?.querySelector(".ways");

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

async function byHand() {
  const { drag } = await import(document.querySelector("script[data-drag]").dataset.drag);
  const all = slots.querySelectorAll(".slot"), any = () => true;
  const from = (slot) => ({ slot: slot.dataset.slot, "slot-seen": slot.dataset.seen });

  drag(all, all, any, (slot, to) => act({ ...from(slot), act: `shift:${to.dataset.position}` }), (slot) => slot.querySelector(".slot-head"));
  drag(slots.querySelectorAll(".place[data-story]"), slots.querySelectorAll(".place"), any, (place, to) =>
    act({ ...from(place.closest(".slot")), place: place.dataset.place, story: place.dataset.story, act: `carry:${to.closest(".slot").dataset.slot}:${to.dataset.place}` }));
}
if (slots && matchMedia("(pointer: fine)").matches) byHand();
