// What the newsroom drops over a page (the menu's "More", the editor's): Escape closes it, and so does a
// click or the focus elsewhere.
const open = () => document.querySelectorAll(".drop[open]");

addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const drop of open()) {
    drop.open = false;
    if (drop.contains(document.activeElement)) drop.querySelector("summary").focus();
  }
});
for (const kind of ["click", "focusin"])
  addEventListener(kind, (e) => { for (const drop of open()) if (!drop.contains(e.target)) drop.open = false; });
