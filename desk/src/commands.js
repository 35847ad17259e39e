// commands.js - what can be done to the words: pure, on states.  The keys, the menus and the tests use them.
import { chainCommands, setBlockType, toggleMark } from "@tiptap/pm/commands";
import { Fragment } from "@tiptap/pm/model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "@tiptap/pm/schema-list";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { addRowAfter, goToNextCell, isInTable } from "@tiptap/pm/tables";
import { isFigure, schema } from "./schema.js";
import { newId } from "./tree.js";

const { nodes: n, marks: m } = schema;

/** The nearest of these kinds around the cursor: { node, pos, depth }. */
export function around($pos, ...names) {
  for (let depth = $pos.depth; depth > 0; depth--)
    if (names.includes($pos.node(depth).type.name)) return { node: $pos.node(depth), pos: $pos.before(depth), depth };
  return null;
}

export const hasMark = (state, type) => {
  const { from, to, $from, empty } = state.selection;
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type);
};

/** Sub and sup do not go together. */
export const mark = (name) => (state, dispatch) => {
  const other = { sub: m.sup, sup: m.sub }[name];
  return toggleMark(m[name])(state, dispatch && ((tr) => {
    if (other && !state.selection.empty) tr.removeMark(state.selection.from, state.selection.to, other);
    dispatch(tr);
  }));
};

/** A heading of this level, or a paragraph again. */
export const heading = (level) => (state, dispatch) => {
  const { parent } = state.selection.$from;
  if (parent.type === n.heading && parent.attrs.level === level) return setBlockType(n.paragraph, keeps(parent))(state, dispatch);
  return setBlockType(n.heading, (node) => ({ ...keeps(node), level }))(state, dispatch);
};
const keeps = (node) => ({ id: node.attrs.id ?? null, language: node.attrs.language ?? "" });
export const paragraph = setBlockType(n.paragraph, (node) => keeps(node));

const inlineOnly = (name) => (state, dispatch) => {
  const { $from, $to } = state.selection;
  if (!$from.sameParent($to) || $from.depth !== 1 || !$from.parent.isTextblock) return false;
  if (dispatch) {
    const at = $from.before(), node = n[name].create({ id: $from.parent.attrs.id }, $from.parent.content);
    const tr = state.tr.replaceWith(at, at + $from.parent.nodeSize, node);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  }
  return true;
};

/** The paragraphs of the selection become a list; those of a list become paragraphs. */
export const list = (ordered) => (state, dispatch) => {
  const inside = around(state.selection.$from, "list");
  if (inside && inside.node.attrs.ordered === ordered) return liftListItem(n.item)(state, dispatch);
  if (inside) { dispatch?.(state.tr.setNodeMarkup(inside.pos, null, { ...inside.node.attrs, ordered, start: 1 })); return true; }
  const make = wrapInList(n.list, { ordered });
  if (make(state)) return make(state, dispatch);
  return false;
};

export const quote = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const range = $from.blockRange($to, (node) => node.type === n.doc);
  if (!range || range.depth !== 0) return false;
  const blocks = [];
  for (let i = range.startIndex; i < range.endIndex; i++) {
    const node = state.doc.child(i);
    if (node.type === n.heading) blocks.push(n.paragraph.create(keeps(node), node.content));
    else if (node.type === n.paragraph || node.type === n.list) blocks.push(node);
    else return false;
  }
  if (dispatch) {
    const tr = state.tr.replaceWith(range.start, range.end, n.quote.create({ id: newId() }, blocks));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(tr.doc.content.size, state.selection.head + 1)))).scrollIntoView());
  }
  return true;
};
export const pullQuote = inlineOnly("pull_quote");

/** Put blocks in: in place of an empty paragraph, else behind the block of the cursor. */
export function put(state, nodes, inner = 1) {
  const list = [nodes].flat(), { $from } = state.selection;
  const top = $from.depth === 0 ? null : $from.node(1);
  const tr = state.tr;
  let at = $from.depth === 0 ? $from.pos : $from.after(1);
  if (state.selection instanceof NodeSelection && $from.depth === 0) at = state.selection.to;
  if (top && top.type === n.paragraph && top.content.size === 0) {
    at = $from.before(1);
    tr.delete(at, at + top.nodeSize);
  }
  tr.insert(at, list);
  const end = at + Fragment.from(list).size;
  if (end >= tr.doc.content.size && tr.doc.lastChild.type !== n.paragraph) tr.insert(end, n.paragraph.create({ id: newId() }));
  const first = list[0];
  if (first.isTextblock || !first.isAtom) tr.setSelection(TextSelection.near(tr.doc.resolve(at + inner)));
  else tr.setSelection(TextSelection.near(tr.doc.resolve(end)));
  return tr.scrollIntoView();
}

/** Where the first picture of the text stands, -1 for none. */
export function firstPicture(doc) {
  let at = -1;
  doc.descendants((node, pos) => {
    if (at < 0 && node.type === n.picture && node.attrs.media) at = pos;
    return at < 0 && !node.isTextblock;
  });
  return at;
}

const cells = (type, many) => Array.from({ length: many }, () => type.create({ id: newId() }));

/** Empty blocks of each kind. */
export const fresh = {
  divider: () => n.divider.create({ id: newId() }),
  fact_box: () => n.fact_box.create({ id: newId() }, n.paragraph.create({ id: newId() })),
  pull_quote: () => n.pull_quote.create({ id: newId() }),
  quote: () => n.quote.create({ id: newId() }, n.paragraph.create({ id: newId() })),
  timeline: () => n.timeline.create({ id: newId() }, n.entry.create({ id: newId() }, n.paragraph.create())),
  table: () => n.table.create({ id: newId() }, [n.table_caption.create(), n.table_grid.create(null, [
    n.row.create({ id: newId() }, cells(n.header_cell, 3)),
    n.row.create({ id: newId() }, cells(n.cell, 3)), n.row.create({ id: newId() }, cells(n.cell, 3)),
  ])]),
  media: (kind, all) => all.map((one) => n[kind].create({ id: newId(), media: Number(one.id) })),
  gallery: (all) => n.gallery.create({ id: newId() }, all.map((one) => n.picture.create({ id: newId(), media: Number(one.id) }))),
  embed: (address, credit) => n.embed.create({ id: newId(), address, credit }),
  related: (story) => n.related.create({ id: newId(), story: Number(story) }),
};

/** The number of the last footnote. */
export function notesIn(doc) {
  let notes = 0;
  doc.forEach((node) => { if (node.type === n.footnote) notes = Math.max(notes + 1, Number(node.attrs.title) || 0); });
  return notes;
}

/** A mark behind the selected words, and its note at the end.  Asked for on an empty line it is a note to the paragraph before. */
export function footnote(state, dispatch) {
  const { $from, to } = state.selection;
  if (!$from.parent.inlineContent || around($from, "footnote")) return false;
  const isBare = $from.depth === 1 && $from.parent.type === n.paragraph && $from.parent.content.size === 0;
  const before = isBare ? state.doc.resolve($from.before()).nodeBefore : null, joins = before?.type === n.paragraph && before.content.size > 0;
  const last = state.doc.lastChild, isLast = $from.node(1) === last, isFree = last.type === n.paragraph && last.content.size === 0;
  if (dispatch) {
    const title = String(notesIn(state.doc) + 1), note = n.footnote.create({ id: newId(), title }), tr = state.tr;
    tr.insert(state.doc.content.size - (isFree && (joins || !isLast) ? last.nodeSize : 0), note);
    if (joins && !isLast) tr.delete($from.before(), $from.after());
    tr.insert(joins ? $from.before() - 1 : to, schema.text(title, [m.sup.create()]));
    tr.doc.forEach((node, pos) => { if (node.attrs.id === note.attrs.id) tr.setSelection(TextSelection.near(tr.doc.resolve(pos + 1))); });
    dispatch(tr.scrollIntoView());
  }
  return true;
}

/** A link on the selected words, or on the one around the cursor; "" takes it away. */
export const link = (href) => (state, dispatch) => {
  let { from, to } = state.selection;
  if (from === to) ({ from, to } = linkAround(state) ?? { from, to });
  if (from === to) {
    if (!href || !dispatch) return !!href;
    dispatch(state.tr.insertText(href.replace(/^(https?:\/\/|mailto:|tel:)/, ""), from).addMark(from, from + href.replace(/^(https?:\/\/|mailto:|tel:)/, "").length, m.link.create({ href })));
    return true;
  }
  if (dispatch) {
    const tr = state.tr.removeMark(from, to, m.link);
    if (href) tr.addMark(from, to, m.link.create({ href }));
    dispatch(tr);
  }
  return true;
};

/** { from, to, href } of the link that the cursor stands in. */
export function linkAround(state) {
  const { $from, from, to } = state.selection;
  if (!$from.parent.inlineContent) return null;
  let found = null;
  $from.parent.forEach((child, offset) => {
    const link = m.link.isInSet(child.marks), start = $from.start() + offset, end = start + child.nodeSize;
    if (!link) return;
    if (found && found.to === start && found.href === link.attrs.href) found.to = end;
    else if (!found || found.to < from) found = { from: start, to: end, href: link.attrs.href };
  });
  return found && found.from <= from && found.to >= to ? found : null;
}

export const language = (tag) => (state, dispatch) => {
  const { from, to, empty } = state.selection;
  if (empty) return false;
  if (dispatch) {
    const tr = state.tr.removeMark(from, to, m.language);
    if (tag) tr.addMark(from, to, m.language.create({ tag }));
    dispatch(tr);
  }
  return true;
};

/** A line break; where there is one already, a new paragraph. */
export function lineBreak(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!$from.parent.inlineContent) return false;
  if (empty && $from.nodeBefore?.type === n.hard_break) return true;
  dispatch?.(state.tr.replaceSelectionWith(n.hard_break.create(), false).scrollIntoView());
  return true;
}

/** Enter in a caption, a pull quote, a card or a note: on behind it.  In a cell: a new line. */
export function leaveFigure(state, dispatch) {
  const { $from } = state.selection, { parent } = $from;
  if (["cell", "header_cell"].includes(parent.type.name)) return lineBreak(state, dispatch);
  if (parent.type === n.table_caption) {
    dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve($from.after() + 1))));
    return true;
  }
  if (!isFigure(parent.type)) return false;
  if (dispatch) {
    const end = $from.after(1), tr = state.tr, next = state.doc.resolve(end).nodeAfter;
    if (next?.type !== n.paragraph) tr.insert(end, n.paragraph.create({ id: newId() }));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))).scrollIntoView());
  }
  return true;
}

/** Enter in the last, empty paragraph of an entry: a new entry; of an empty entry: out of the timeline. */
export function nextEntry(state, dispatch) {
  const { $from, empty } = state.selection, entry = around($from, "entry");
  if (!empty || !entry || $from.parent.content.size > 0 || $from.indexAfter(entry.depth) < entry.node.childCount) return false;
  const timeline = $from.node(entry.depth - 1), last = $from.indexAfter(entry.depth - 1) === timeline.childCount;
  if (!dispatch) return true;
  const tr = state.tr;
  if (entry.node.childCount > 1) {
    tr.delete($from.before(), $from.after());
    const at = tr.mapping.map(entry.pos + entry.node.nodeSize);
    tr.insert(at, n.entry.create({ id: newId() }, n.paragraph.create()));
    tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2)));
  } else if (last && timeline.childCount > 1 && !entry.node.attrs.title) {
    const end = $from.after(entry.depth - 1);
    tr.delete(entry.pos, entry.pos + entry.node.nodeSize);
    const at = tr.mapping.map(end);
    tr.insert(at, n.paragraph.create({ id: newId() }));
    tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)));
  } else {
    const at = entry.pos + entry.node.nodeSize;
    tr.insert(at, n.entry.create({ id: newId() }, n.paragraph.create()));
    tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2)));
  }
  dispatch(tr.scrollIntoView());
  return true;
}

/** Enter in the last, empty paragraph of a box or a quote: out of it. */
export function leaveBox(state, dispatch) {
  const { $from, empty } = state.selection, box = around($from, "fact_box", "quote");
  if (!empty || !box || $from.depth !== box.depth + 1 || $from.parent.content.size > 0) return false;
  if ($from.indexAfter(box.depth) < box.node.childCount || box.node.childCount < 2) return false;
  if (dispatch) {
    const tr = state.tr.delete($from.before(), $from.after()), at = tr.mapping.map(box.pos + box.node.nodeSize);
    tr.insert(at, n.paragraph.create({ id: $from.parent.attrs.id }));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  }
  return true;
}

export const enterInList = splitListItem(n.item);
export const deeper = sinkListItem(n.item);
export const shallower = liftListItem(n.item);

export const nextCell = chainCommands(goToNextCell(1), (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (dispatch) {
    addRowAfter(state, dispatch);
    goToNextCell(1)(view.state, view.dispatch);
  }
  return true;
});
export const previousCell = goToNextCell(-1);

/** The block of the cursor changes places with its neighbour. */
export const move = (step) => (state, dispatch) => {
  const { selection, doc } = state, { $from } = selection;
  const at = selection instanceof NodeSelection && $from.depth === 0 ? $from.pos : $from.depth > 0 ? $from.before(1) : -1;
  const item = around($from, "item");
  if (at < 0) return false;
  const pos = item && !(selection instanceof NodeSelection) ? item.pos : at;
  const $pos = doc.resolve(pos), node = $pos.nodeAfter, other = $pos.index() + step;
  if (!node || other < 0 || other >= $pos.parent.childCount) return false;
  if (dispatch) {
    const size = $pos.parent.child(other).nodeSize, to = step < 0 ? pos - size : pos + size;
    const tr = state.tr.delete(pos, pos + node.nodeSize).insert(to, node);
    const shift = to - pos;
    tr.setSelection(selection instanceof NodeSelection ? NodeSelection.create(tr.doc, to) : TextSelection.create(tr.doc, selection.anchor + shift, selection.head + shift));
    dispatch(tr.scrollIntoView());
  }
  return true;
};
