// One picture of the library with script on: its focal point is set where one clicks, and what cards and lists
// show of it follows.
const aim = document.querySelector("#aim"), picture = aim.querySelector("img");
const across = document.querySelector("#focus_x"), down = document.querySelector("#focus_y");
const marks = aim.querySelectorAll("circle"), crops = document.querySelectorAll(".crops img");

const percent = (field) => Math.min(100, Math.max(0, Math.round(Number(field.value) || 0)));

function follow() {
  for (const mark of marks) {
    mark.setAttribute("cx", `${percent(across)}%`);
    mark.setAttribute("cy", `${percent(down)}%`);
  }
  for (const crop of crops) crop.style.objectPosition = `${percent(across)}% ${percent(down)}%`;
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
