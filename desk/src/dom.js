// dom.js - elements, and what many parts of the page share.
import { say } from "./words.js";

/** An element; what begins with "on" listens, `class`, `aria-*`, `data-*` are attributes, others properties. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class" || name.includes("-") || ["role", "for", "list", "lang", "dir", "spellcheck", "contenteditable", "tabindex", "rows", "maxlength", "form"].includes(name)) element.setAttribute(name, value === true ? "" : value);
    else element[name] = value;
  }
  element.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Lines of a 16 by 16 picture, drawn with a pen. */
const drawings = {
  plus: "M8 2.5v11M2.5 8h11",
  up: "M8 13V3M3.5 7.5 8 3l4.5 4.5",
  down: "M8 3v10M3.5 8.5 8 13l4.5-4.5",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a3 3 0 0 1 4.3 4.3L11.3 8.800M9 11.500l-1.2 1.200a3 3 0 0 1-4.3-4.300L4.7 7.2",
  list: "M6 4h8M6 8h8M6 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01",
  numbers: "M6.5 4H14M6.5 8H14M6.5 12H14M2 3l1-.5V6M2 10.500c0-1 2-1 2 0 0 .8-2 1.3-2 2.500h2",
  quote: "M3 6.500h3v3H3zM3 7c0-2 .8-3 2.2-3.500M9.5 6.500h3v3h-3zM9.5 7c0-2 .8-3 2.2-3.5",
  find: "M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.300l3.7 3.7",
  panel: "M2 3h12v10H2zM10 3v10",
  picture: "M2 3h12v10H2zM2 11l3.5-3.500L8 10l2.5-3L14 11M5 5.500h.01",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg"), line = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "ed-icon");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", drawings[name]);
  svg.append(line);
  return svg;
}

/** A button with words, or with a picture and words for those who do not see it. */
export const button = (label, onclick, { pictured, ...props } = {}) => h("button", {
  type: "button", onclick, ...props, ...(pictured ? { "aria-label": label, title: label } : {}),
}, pictured ? icon(pictured) : label);

/** A text area that is as high as its words. */
export function grows(area) {
  const fit = () => {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  };
  area.addEventListener("input", fit);
  requestAnimationFrame(fit);
  new ResizeObserver(fit).observe(area.parentElement ?? area);
  area.fit = fit;
  return area;
}

/** A dialog of the page; resolves to what it was closed with, "" when it was left. */
export function dialog(title, contents, { wide = false, onOpen, label } = {}) {
  return new Promise((resolve) => {
    const id = `d${Math.random().toString(36).slice(2, 8)}`;
    const box = h("dialog", { class: wide ? "ed-dialog is-wide" : "ed-dialog", "aria-labelledby": id });
    let result = "";
    const close = (value = "") => { result = value; box.close(); };
    box.append(h("div", { class: "ed-dialog-head" }, h("h2", { id }, title),
                 button(label ?? say("Close"), () => close(), { class: "ed-tool", pictured: "close" })),
               ...[contents(close, box)].flat());
    box.addEventListener("close", () => { box.remove(); resolve(result); });
    box.addEventListener("click", (e) => { if (e.target === box) close(); });
    document.body.append(box);
    box.showModal();
    onOpen?.(box);
  });
}

/** The next arrow key moves among these buttons; Tab leaves them. */
export function roving(bar) {
  const all = () => [...bar.querySelectorAll("button:not([disabled])")].filter((b) => b.offsetParent !== null);
  bar.addEventListener("keydown", (e) => {
    const buttons = all(), at = buttons.indexOf(document.activeElement);
    const forwards = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: forwards, ArrowLeft: -forwards, ArrowDown: 1, ArrowUp: -1 }[e.key];
    const next = e.key === "Home" ? 0 : e.key === "End" ? buttons.length - 1 : step && at >= 0 ? (at + step + buttons.length) % buttons.length : -1;
    if (next < 0) return;
    e.preventDefault();
    buttons[next].focus();
  });
  bar.addEventListener("focusin", (e) => { for (const b of bar.querySelectorAll("button")) b.tabIndex = b === e.target ? 0 : -1; });
  const first = () => bar.querySelectorAll("button").forEach((b, i) => { b.tabIndex = i === 0 ? 0 : -1; });
  first();
  return bar;
}

/** Said to those who listen. */
let region = null;
export function announce(words) {
  region ??= document.body.appendChild(h("p", { class: "unseen", role: "status", "aria-live": "polite" }));
  region.textContent = words;
}

export const debounce = (act, ms) => {
  let timer = null;
  return (...words) => { clearTimeout(timer); timer = setTimeout(() => act(...words), ms); };
};
