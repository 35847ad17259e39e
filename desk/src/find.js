// find.js - find and replace, in the words of the story.
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { announce, button, h } from "./dom.js";
import { number, say } from "./words.js";

const key = new PluginKey("find");

const fold = (s) => s.normalize("NFC");
const folded = (s, exact) => (exact ? s : s.toLowerCase());

/** All places of these words: [{ from, to }].  Positions count as in the text: a letter whose small form is longer is left. */
export function places(doc, words, exact = false) {
  const found = [], wanted = folded(fold(words), exact);
  if (!wanted) return found;
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, "\n", "\n");
    const low = folded(text, exact), hay = low.length === text.length ? low : text;
    for (let at = hay.indexOf(wanted); at >= 0; at = hay.indexOf(wanted, at + wanted.length))
      found.push({ from: pos + 1 + at, to: pos + 1 + at + wanted.length });
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

/** The bar with the fields; a call opens it. */
export function findBar(view) {
  let bar = null;
  const state = () => key.getState(view.state);
  const tell = () => {
    const { words, found, at } = state();
    bar.count.textContent = words ? (found.length ? say("{n} of {all}", { n: number(at + 1), all: number(found.length) }) : say("Nothing found")) : "";
    announce(bar.count.textContent);
  };
  const show = () => {
    const { found, at } = state();
    if (at < 0) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, found[at].from, found[at].to)));
    const { node } = view.domAtPos(found[at].from);
    (node.nodeType === 1 ? node : node.parentElement).scrollIntoView({ block: "center" }); // the cursor is in the bar
  };
  const step = (by) => {
    const { found, at } = state();
    if (!found.length) return tell();
    view.dispatch(view.state.tr.setMeta(key, { at: (at + by + found.length) % found.length }));
    show();
    tell();
  };
  const search = () => {
    view.dispatch(view.state.tr.setMeta(key, { words: bar.find.value, exact: bar.exact.checked }));
    show();
    tell();
  };
  const replace = (all) => {
    const { found, at } = state();
    if (at < 0) return;
    const which = all ? found : [found[at]];
    view.dispatch(replaceAll(view.state, which, bar.with.value));
    if (all) announce(say("Replaced: {n}", { n: number(which.length) })); else show();
    tell();
  };
  const close = () => {
    view.dispatch(view.state.tr.setMeta(key, { close: true }));
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
