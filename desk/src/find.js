// find.js - find and replace, in the words of the story and those over it.
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { announce, button, h } from "./dom.js";
import { number, say } from "./words.js";

const key = new PluginKey("find");

const fold = (s) => s.normalize("NFC");
const folded = (s, exact) => (exact ? s : s.toLowerCase());

/** Where these words stand in a text: [{ from, to }].  A letter whose small form is longer is left. */
export function placesIn(text, words, exact = false) {
  const found = [], wanted = folded(fold(words), exact);
  const low = folded(text, exact), hay = low.length === text.length ? low : text;
  for (let at = wanted ? hay.indexOf(wanted) : -1; at >= 0; at = hay.indexOf(wanted, at + wanted.length)) found.push({ from: at, to: at + wanted.length });
  return found;
}

/** All places of these words in the story, by its positions. */
export function places(doc, words, exact = false) {
  const found = [];
  if (!words) return found;
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, "\n", "\n");
    for (const { from, to } of placesIn(text, words, exact)) found.push({ from: pos + 1 + from, to: pos + 1 + to });
    return false;
  });
  return found;
}

/** One transaction that puts other words in all places; marks stay. */
export function replaceAll(state, found, words) {
  const tr = state.tr;
  for (const { from, to } of [...found].reverse())
    if (words) tr.replaceWith(from, to, state.schema.text(words, state.doc.resolve(from + 1).marks())); else tr.delete(from, to);
  return tr;
}

const none = { words: "", exact: false, at: -1, found: [], set: DecorationSet.empty };

function look(doc, words, exact, near) {
  const found = places(doc, words, exact);
  let at = found.findIndex((f) => f.from >= near);
  if (at < 0) at = found.length ? 0 : -1;
  return painted(doc, { words, exact, found, at });
}

const painted = (doc, now) => ({ ...now, set: DecorationSet.create(doc, now.found.slice(0, 2000).map((f, i) => Decoration.inline(f.from, f.to, { class: i === now.at ? "ed-found is-now" : "ed-found" }))) });

export const findPlugin = () => new Plugin({
  key,
  state: {
    init: () => none,
    apply(tr, now, _, state) {
      const asked = tr.getMeta(key);
      if (asked?.close) return none;
      if (asked?.words !== undefined) return look(state.doc, asked.words, asked.exact, state.selection.from);
      if (asked?.at !== undefined) return painted(state.doc, { ...now, at: asked.at });
      if (tr.docChanged && now.words) return look(state.doc, now.words, now.exact, now.at >= 0 ? tr.mapping.map(now.found[now.at].from) : 0);
      return now;
    },
  },
  props: { decorations: (state) => key.getState(state).set },
});

/** What stands over the story: kicker, headline, standfirst. */
const overIt = () => [...document.querySelectorAll(".ed-head textarea")];

/** The bar with the fields; a call opens it.  What is over the story counts first; `over` is the place there, -1 in the text. */
export function findBar(view) {
  let bar = null, over = -1;
  const head = (words, exact) => overIt().flatMap((area) => placesIn(area.value, words, exact).map((place) => ({ area, ...place })));
  const state = () => {
    const now = key.getState(view.state), heads = head(now.words, now.exact);
    if (over >= heads.length) over = heads.length && !now.found.length ? 0 : -1;
    const at = over >= 0 ? over : now.at >= 0 ? heads.length + now.at : -1;
    return { ...now, heads, at, all: [...heads, ...now.found] };
  };
  const tell = () => {
    const { words, all, at } = state();
    bar.count.textContent = words ? (all.length ? say("{n} of {all}", { n: number(at + 1), all: number(all.length) }) : say("Nothing found")) : "";
    announce(bar.count.textContent);
  };
  const mark = (area) => { for (const one of overIt()) one.classList.toggle("is-found", one === area); };
  const show = () => {
    const { heads } = state(), { found, at } = key.getState(view.state);
    mark(heads[over]?.area);
    if (over >= 0) { heads[over].area.scrollIntoView({ block: "center" }); return; }
    if (at < 0) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, found[at].from, found[at].to)));
    const { node } = view.domAtPos(found[at].from);
    (node.nodeType === 1 ? node : node.parentElement).scrollIntoView({ block: "center" }); // the cursor is in the bar
  };
  const step = (by) => {
    const { heads, all, at } = state(), next = (at + by + all.length) % all.length;
    if (!all.length) return tell();
    over = next < heads.length ? next : -1;
    if (over < 0) view.dispatch(view.state.tr.setMeta(key, { at: next - heads.length }));
    show();
    tell();
  };
  const search = () => {
    over = -1;
    view.dispatch(view.state.tr.setMeta(key, { words: bar.find.value, exact: bar.exact.checked }));
    const { heads, found } = state();
    if (heads.length && (!found.length || view.state.selection.from <= 1)) over = 0; // nobody has been in the text
    show();
    tell();
  };
  /** As if it were typed, so that the field's own undo takes it back. */
  const retype = (which) => {
    const back = document.activeElement;
    for (const { area, from, to } of [...which].reverse()) {
      area.focus();
      area.setSelectionRange(from, to);
      document.execCommand(bar.with.value ? "insertText" : "delete", false, bar.with.value);
    }
    back?.focus();
  };
  const replace = (every) => {
    const { heads, found, all, at } = state();
    if (at < 0) return;
    retype(every ? heads : over >= 0 ? [heads[over]] : []);
    const which = every ? found : over >= 0 ? [] : [found[at - heads.length]];
    if (which.length) view.dispatch(replaceAll(view.state, which, bar.with.value));
    if (every) announce(say("Replaced: {n}", { n: number(all.length) })); else show();
    tell();
  };
  const close = () => {
    view.dispatch(view.state.tr.setMeta(key, { close: true }));
    mark(null);
    bar.root.remove();
    bar = null;
    view.focus();
  };

  function build() {
    const find = h("input", { type: "text", id: "find-words", oninput: search, spellcheck: "false", autocomplete: "off" });
    const with_ = h("input", { type: "text", id: "find-with", autocomplete: "off" });
    const exact = h("input", { type: "checkbox", onchange: search });
    const count = h("output", { class: "ed-find-count", for: "find-words" });
    const root = h("form", { class: "ed-find", role: "search", "aria-label": say("Find and replace"),
      onsubmit: (e) => { e.preventDefault(); step(1); },
      onkeydown: (e) => {
        if (e.key === "Escape") { e.preventDefault(); close(); }
        if (e.key === "Enter" && e.shiftKey) { e.preventDefault(); step(-1); }
      } },
      h("p", {}, h("label", { for: "find-words" }, say("Find")), find, count),
      h("p", {}, h("label", { for: "find-with" }, say("Replace with")), with_),
      h("p", { class: "ed-find-acts" },
        button(say("Earlier"), () => step(-1), { class: "ed-tool", pictured: "up" }), button(say("Later"), () => step(1), { class: "ed-tool", pictured: "down" }),
        button(say("Replace"), () => replace(false), { class: "ed-tool" }), button(say("Replace all"), () => replace(true), { class: "ed-tool" }),
        h("label", { class: "ed-tick" }, exact, say("Capitals count")),
        button(say("Close"), close, { class: "ed-tool", pictured: "close" })));
    return { root, find, with: with_, exact, count };
  }
  return (host) => {
    if (!bar) { bar = build(); host.append(bar.root); }
    const { from, to } = view.state.selection;
    const picked = to > from && to - from < 100 ? view.state.doc.textBetween(from, to, " ") : "";
    if (picked) bar.find.value = picked;
    bar.find.focus();
    bar.find.select();
    if (bar.find.value) search();
  };
}
