// words.js - what the editor says, in the language of the desk.  The page brings the words along
// (theme/desk/editor-words.html, which desk/words.js keeps up to date); English stands in the sources.
let said = null;

function read() {
  const words = new Map();
  if (typeof document === "undefined") return words;
  for (const item of document.querySelectorAll("#editor-words [data-w]")) words.set(item.dataset.w, item.textContent.trim());
  return words;
}

/** `english` in the desk's language, with {values} in it. */
export function say(english, values = {}) {
  said ??= read();
  const names = [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const words = said.get(english);
  if (words === undefined) return english.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  return words.replace(/%(\d)/g, (_, i) => values[names[i]] ?? "");
}

const locale = () => document.documentElement.lang || "en";
export const number = (n) => new Intl.NumberFormat(locale()).format(n);
export const clock = (at) => new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(at);
export const moment = (at) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(at);

const RTL = /^(ar|fa|he|ur|yi|ps|sd|ug|dv|ckb|ku-arab)\b/i;
export const directionOf = (language) => (RTL.test(language ?? "") ? "rtl" : "ltr");
