// ids.js - each block has an id of its own that stays: what is split, pasted or doubled gets a new one.
import { Plugin } from "@tiptap/pm/state";
import { hasId } from "./schema.js";
import { newId } from "./tree.js";

/** Of all that have one id, who keeps it: who was there before, else who has words, else the first. */
function keeper(places, known) {
  return places.find((p) => known.has(p.node)) ?? places.find((p) => p.node.content.size > 0) ?? places[0];
}

/** [{ pos, node, parent, index }] of blocks, all depths. */
export function eachBlock(doc, visit) {
  doc.descendants((node, pos, parent, index) => {
    if (!node.isBlock) return false;
    visit({ node, pos, parent, index });
    return !node.isTextblock && !node.isAtom;
  });
}

function fix(tr, old) {
  const seen = new Map(), lacks = [], extra = [], known = new Set();
  eachBlock(tr.doc, (place) => {
    if (!("id" in place.node.attrs)) return;
    if (!hasId(place.node, place.parent, place.index)) { if (place.node.attrs.id) extra.push(place); return; }
    const id = place.node.attrs.id;
    if (!id) lacks.push(place);
    else if (seen.has(id)) seen.get(id).push(place);
    else seen.set(id, [place]);
  });
  const doubles = [...seen.values()].filter((places) => places.length > 1);
  if (doubles.length) eachBlock(old, ({ node }) => known.add(node));
  for (const places of doubles) {
    const kept = keeper(places, known);
    lacks.push(...places.filter((p) => p !== kept));
  }
  for (const { pos } of extra) tr.setNodeAttribute(pos, "id", null);
  for (const { pos } of lacks) {
    let id = newId();
    while (seen.has(id)) id = newId();
    tr.setNodeAttribute(pos, "id", id);
  }
  return lacks.length + extra.length > 0;
}

/** The same document with all its ids. */
export function numbered(state) {
  const { tr } = state;
  return fix(tr, state.doc) ? tr : null;
}

/** Only the words of one block changed, as with most keys: no id can have come or gone. */
function isOfWords(old, now) {
  if (old.childCount !== now.childCount) return false;
  let changed = 0;
  for (let i = 0; i < now.childCount && changed < 2; i++) {
    const was = old.child(i), is = now.child(i);
    if (was === is) continue;
    changed += 1;
    if (!is.isTextblock || !was.sameMarkup(is) || !is.attrs.id) return false;
  }
  return changed === 1;
}

export const ids = () => new Plugin({
  appendTransaction(transactions, old, state) {
    if (!transactions.some((tr) => tr.docChanged) || isOfWords(old.doc, state.doc)) return null;
    return numbered2(old, state);
  },
});

function numbered2(old, state) {
  const { tr } = state;
  return fix(tr, old.doc) ? tr : null;
}
