// Things of a page that a hand carries to places of it: the board, the calendar, the front editor.

/**
 * Let `things` be dragged to those of `places` that they fit; `put(thing, place)` does it.  `handle(thing)`:
 * what of it the hand takes hold of, all of it unless said.
 */
export function drag(things, places, fits, put, handle = (thing) => thing) {
  let held = null;
  const mark = (on) => { for (const place of places) place.classList.toggle("is-over", place === on); };
  const takes = (place) => held && !place.contains(held) && fits(held, place);
  for (const thing of things) {
    const grip = handle(thing);
    grip.draggable = true;
    grip.addEventListener("dragstart", (e) => {
      held = thing;
      thing.classList.add("is-dragged");
      e.dataTransfer.effectAllowed = "move";
      e.dataTransfer.setData("text/plain", thing.querySelector("a")?.textContent ?? "");
    });
    grip.addEventListener("dragend", () => {
      held = null;
      thing.classList.remove("is-dragged");
      mark(null);
    });
  }
  for (const place of places) {
    place.addEventListener("dragover", (e) => {
      if (!takes(place)) return;
      e.preventDefault();
      e.dataTransfer.dropEffect = "move";
      mark(place);
    });
    place.addEventListener("drop", (e) => {
      if (!takes(place)) return;
      e.preventDefault();
      put(held, place);
    });
  }
}
