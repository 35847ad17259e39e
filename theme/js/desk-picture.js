// One picture of the library with script on: its focal point is set where one clicks, a crop by a frame that is
// dragged or moved by keys; what cards and lists show of it follows.
// a shape of the theme: its frame, in per cent of the picture
class Crop {
  constructor(form) {
    const { across, down, width, height } = form.dataset;
    this.form = form;
    this.size = [Number(width), Number(height)];
    this.ratio = across / down * height / width; // of the frame's per cents
    this.fields = ["left", "top", "width", "height"].map((name) => form.elements[name]);
    this.shown = document.querySelector(`#shown-${form.elements.shape.value}`);
    this.frame = form.querySelector(".crop-frame");
    this.path = form.querySelector(".crop-shade path");
    this.said = form.querySelector(".crop-said");
    this.touched = form.elements.was.value !== "" || form.querySelector(".is-wrong") !== null;
    this.frame.hidden = form.querySelector(".crop-keys").hidden = false;
    this.draw();
    for (const field of this.fields) field.addEventListener("input", () => this.change());
    this.frame.addEventListener("keydown", (e) => this.key(e));
    this.frame.addEventListener("pointerdown", (e) => this.grip(e));
    this.frame.addEventListener("pointermove", (e) => this.drag(e));
    for (const end of ["pointerup", "pointercancel"]) this.frame.addEventListener(end, () => this.drop());
  }

  get at() {
    return this.fields.map((field) => Math.min(100, Math.max(0, Number(field.value.replace(",", ".")) || 0)));
  }

  // within the picture, in the shape, as large as it was asked for as far as that goes
  put(left, top, width) {
    const least = Math.max(2, 320 / this.size[0] * 100 + 0.2 + this.ratio / 10, 2 * this.ratio); // tenths are rounded
    const w = Math.min(100, 100 * this.ratio, Math.max(least, width)), h = w / this.ratio;
    const values = [Math.min(100 - w, Math.max(0, left)), Math.min(100 - h, Math.max(0, top)), w, h];
    const tenths = values.map((value) => Math.round(value * 10));
    tenths[2] = Math.min(tenths[2], 1000 - tenths[0]);
    tenths[3] = Math.min(tenths[3], 1000 - tenths[1]);
    this.fields.forEach((field, i) => { field.value = tenths[i] / 10; });
    this.change();
  }

  change() {
    this.touched = true;
    this.draw();
  }

  // what is cut: the largest part of the frame with the shape
  draw() {
    const [left, top, width, height] = this.at, [W, H] = this.size;
    const w = Math.min(width, height * this.ratio), h = w / this.ratio;
    const x = (left + (width - w) / 2) * W / 100, y = (top + (height - h) / 2) * H / 100;
    Object.assign(this.frame.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
    if (!(w > 0 && h > 0)) return;
    const [l, t, r, b] = [x, y, w * W / 100, h * H / 100].map(Math.round);
    this.shown.setAttribute("viewBox", `${l} ${t} ${r} ${b}`);
    this.path.setAttribute("d", `M0 0H${W}V${H}H0ZM${l} ${t}h${r}v${b}h${-r}Z`);
  }

  // the focal point has moved: what was not cropped by hand goes with it
  follow() {
    if (this.touched) return;
    const w = Math.min(100, 100 * this.ratio), h = w / this.ratio;
    this.put((100 - w) * percent(across) / 100, (100 - h) * percent(down) / 100, w);
    this.touched = false;
  }

  say() {
    this.said.textContent = this.fields.map((field) => `${field.labels[0].textContent}: ${field.value}`).join("; ");
  }

  key(e) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!way || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    const [left, top, width] = this.at;
    if (e.shiftKey) this.put(left, top, width + (way[0] || way[1]));
    else this.put(left + way[0], top + way[1], width);
    this.say();
  }

  grip(e) {
    if (e.button !== 0) return;
    e.preventDefault();
    this.frame.focus({ preventScroll: true });
    this.frame.setPointerCapture(e.pointerId);
    this.held = { x: e.clientX, y: e.clientY, at: this.at, corner: e.target.dataset.corner, box: this.frame.parentElement.getBoundingClientRect() };
  }

  drag(e) {
    if (!this.held) return;
    const { x, y, at: [left, top, width, height], corner, box } = this.held;
    const right = (e.clientX - x) / box.width * 100, below = (e.clientY - y) / box.height * 100;
    if (!corner) return this.put(left + right, top + below, width);
    // the corner on the other side stays where it is
    const fromEast = corner[1] === "w", fromSouth = corner[0] === "n";
    const room = Math.min(fromEast ? left + width : 100 - left, (fromSouth ? top + height : 100 - top) * this.ratio);
    const w = Math.min(room, Math.max(width + (fromEast ? -right : right), (height + (fromSouth ? -below : below)) * this.ratio, 2));
    this.put(fromEast ? left + width - w : left, fromSouth ? top + height - w / this.ratio : top, w);
  }

  drop() {
    if (!this.held) return;
    this.held = undefined;
    this.say();
  }
}

const aim = document.querySelector("#aim"), picture = aim.querySelector("img");
const across = document.querySelector("#focus_x"), down = document.querySelector("#focus_y");
const marks = aim.querySelectorAll("circle");

const crops = [...document.querySelectorAll(".crop form")].map((form) => new Crop(form));

const percent = (field) => Math.min(100, Math.max(0, Math.round(Number(field.value) || 0)));

function follow() {
  for (const mark of marks) {
    mark.setAttribute("cx", `${percent(across)}%`);
    mark.setAttribute("cy", `${percent(down)}%`);
  }
  for (const crop of crops) crop.follow();
}

function set(e) {
  const box = picture.getBoundingClientRect();
  across.value = Math.round(Math.min(1, Math.max(0, (e.clientX - box.left) / box.width)) * 100);
  down.value = Math.round(Math.min(1, Math.max(0, (e.clientY - box.top) / box.height)) * 100);
  follow();
}

aim.classList.add("takes-aim");
document.querySelector("#aim-hint").hidden = false;
picture.draggable = false;
aim.addEventListener("pointerdown", (e) => {
  if (e.button !== 0) return;
  set(e);
  if (e.pointerType === "mouse") aim.setPointerCapture(e.pointerId);
});
aim.addEventListener("pointermove", (e) => aim.hasPointerCapture(e.pointerId) && set(e));
for (const field of [across, down]) field.addEventListener("input", follow);

// a crop that was just saved is shown where one is
document.querySelector(`details[id="${CSS.escape(location.hash.slice(1))}"]`)?.setAttribute("open", "");
