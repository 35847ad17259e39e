// people.js - who else is in the story, and where.
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { announce, h } from "./dom.js";
import { findBlock } from "./rebase.js";
import { say } from "./words.js";

const key = new PluginKey("people");
const colour = (name) => [...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) >>> 0, 7) % 5;

const marks = (doc, people) => DecorationSet.create(doc, people.flatMap((p) => {
  const found = p.here && findBlock(doc, p.here);
  return found ? [Decoration.node(found.pos, found.pos + found.node.nodeSize, { class: `ed-here is-who-${colour(p.name)}`, "data-who": p.name })] : [];
}));

export const peoplePlugin = () => new Plugin({
  key,
  state: {
    init: () => ({ people: [], set: DecorationSet.empty }),
    apply(tr, now) {
      const people = tr.getMeta(key);
      if (people) return { people, set: marks(tr.doc, people) };
      return tr.docChanged ? { ...now, set: now.set.map(tr.mapping, tr.doc) } : now;
    },
  },
  props: { decorations: (state) => key.getState(state).set },
});

/** The block of the cursor, with an id. */
export function hereOf(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).attrs.id) return $from.node(depth).attrs.id;
  return "";
}

/** Names at the head of the page; gives what is called with the people of an answer. */
export function peopleLine(host, own) {
  let before = "[]", names = new Set();
  return (view, all) => {
    const others = (all ?? []).filter((p) => p.key !== own);
    const now = JSON.stringify(others.map((p) => [p.key, p.name, p.here]));
    if (now === before) return;
    before = now;
    host.replaceChildren(...others.map((p) => h("li", { class: `ed-person is-who-${colour(p.name)}`, title: p.name },
      h("span", { "aria-hidden": "true" }, p.name.split(/\s+/).map((w) => [...w][0]).slice(0, 2).join("")), h("span", { class: "unseen" }, p.name))));
    const came = others.filter((p) => !names.has(p.name));
    names = new Set(others.map((p) => p.name));
    if (came.length) announce(say("Also here: {names}", { names: came.map((p) => p.name).join(", ") }));
    view.dispatch(view.state.tr.setMeta(key, others).setMeta("addToHistory", false));
  };
}
