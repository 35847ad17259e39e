// editor.js - documents of the newsroom's editor, made without a browser.
import { webcrypto } from 'node:crypto';

import { EditorState, TextSelection } from '../../desk/node_modules/@tiptap/pm/dist/state/index.js';
import { history, redo, undo } from '../../desk/node_modules/@tiptap/pm/dist/history/index.js';
import * as tables from '../../desk/node_modules/@tiptap/pm/dist/tables/index.js';
import { baseKeymap } from '../../desk/node_modules/@tiptap/pm/dist/commands/index.js';
import * as does from '../../desk/src/commands.js';
import { ids, numbered } from '../../desk/src/ids.js';
import { schema } from '../../desk/src/schema.js';
import { fromTree } from '../../desk/src/tree.js';

globalThis.crypto ??= webcrypto; // Node 18 has it by this name alone

export { does, EditorState, redo, schema, tables, TextSelection, undo };

/** A state as the editor has it, all blocks with their ids. */
export function stateOf(body = { v: 1, blocks: [] }) {
  const state = EditorState.create({ doc: fromTree(body), plugins: [history(), ids(), tables.tableEditing()] });
  const tr = numbered(state);
  return tr ? state.apply(tr) : state;
}

/** Does this command to it; unchanged where it cannot be done. */
export function done(state, command) {
  let next = state;
  const view = { get state() { return next; }, dispatch: (tr) => { next = next.apply(tr); }, endOfTextblock: () => true, composing: false };
  command(state, view.dispatch, view);
  return next;
}

const pieces = ['harbour', ' ', '  ', 'the council said ', 'é', '日本', '\u00a0', '<b>', '&amp;', '"', ' x', 'a ', '…', '\u200b', 'שלום ', '1.5', '🚢'];
const addresses = ['https://example.org/a?b=1#c', 'mailto:desk@paper.example', '/own/path', 'tel:+4930123'];
const languages = ['de', 'fr-CA', 'ar'];

/** One thing that somebody at the editor may do. */
export function anything(state, chance) {
  const { doc } = state;
  const words = () => Array.from({ length: 1 + chance(4) }, () => pieces[chance(pieces.length)]).join('');
  const anywhere = () => { const at = TextSelection.near(doc.resolve(chance(doc.content.size + 1))); return at instanceof TextSelection ? at : TextSelection.atStart(doc); };
  const selected = () => {
    const $from = anywhere().$from, end = $from.parent.inlineContent ? $from.end() : $from.pos;
    return $from.parent.inlineContent ? TextSelection.create(doc, $from.pos, Math.min(end, $from.pos + chance(12))) : TextSelection.atStart(doc);
  };
  const at = (selection) => state.apply(state.tr.setSelection(selection));
  const put = (nodes) => (s, dispatch) => dispatch(does.put(s, nodes));
  const attr = (s, dispatch) => {
    const found = [];
    s.doc.descendants((node, pos) => { for (const name of ['title', 'credit', 'alt']) if (name in node.attrs) found.push([pos, name]); });
    if (found.length) { const [pos, name] = found[chance(found.length)]; dispatch(s.tr.setNodeAttribute(pos, name, words())); }
  };
  const remove = (s, dispatch) => { const i = chance(s.doc.childCount); if (s.doc.childCount > 1) { let pos = 0; for (let j = 0; j < i; j++) pos += s.doc.child(j).nodeSize; dispatch(s.tr.delete(pos, pos + s.doc.child(i).nodeSize)); } };
  const double = (s, dispatch) => dispatch(s.tr.insert(s.doc.content.size, s.doc.child(chance(s.doc.childCount))));
  const makes = [
    () => put(does.fresh.divider()), () => put(does.fresh.fact_box()), () => put(does.fresh.pull_quote()), () => put(does.fresh.quote()),
    () => put(does.fresh.timeline()), () => put(does.fresh.table()), () => put(does.fresh.media('picture', [{ id: 1 + chance(9) }])),
    () => put(does.fresh.gallery([{ id: 3 }, { id: 4 }])), () => put(does.fresh.media(['video', 'audio'][chance(2)], [{ id: 5 }])),
    () => put(does.fresh.embed('https://www.youtube.com/watch?v=1', 'YouTube')), () => put(does.fresh.related(7)),
  ];
  const acts = [
    ...Array(8).fill(() => [anywhere(), (s, dispatch) => { if (s.selection.$from.parent.inlineContent) dispatch(s.tr.insertText(words())); }]),
    ...Array(3).fill(() => [anywhere(), (s, d, v) => [does.leaveFigure, does.nextEntry, does.leaveBox, does.enterInList, baseKeymap.Enter].some((c) => c(s, d, v))]),
    () => [anywhere(), (s, d, v) => baseKeymap.Backspace(s, d, v)], () => [selected(), (s, d, v) => baseKeymap.Delete(s, d, v)],
    () => [anywhere(), does.lineBreak], () => [selected(), does.mark(['strong', 'emphasis', 'code', 'sub', 'sup'][chance(5)])],
    () => [selected(), does.link(addresses[chance(4)])], () => [selected(), does.language(languages[chance(3)])],
    () => [anywhere(), does.heading(2 + chance(3))], () => [anywhere(), does.paragraph], () => [selected(), does.list(chance(2) === 0)],
    () => [anywhere(), does.deeper], () => [anywhere(), does.shallower], () => [anywhere(), does.quote], () => [anywhere(), does.pullQuote],
    () => [anywhere(), does.move(chance(2) ? 1 : -1)], () => [anywhere(), does.footnote], () => [anywhere(), attr], () => [anywhere(), attr],
    () => [anywhere(), remove], () => [anywhere(), double], () => [anywhere(), undo], () => [anywhere(), redo], () => [anywhere(), does.nextCell],
    () => [anywhere(), tables[['addRowAfter', 'deleteRow', 'addColumnAfter', 'deleteColumn', 'toggleHeaderRow', 'toggleHeaderColumn', 'toggleHeaderCell'][chance(7)]]],
    ...Array(3).fill(() => [anywhere(), makes[chance(makes.length)]()]),
  ];
  const [selection, command] = acts[chance(acts.length)]();
  return done(at(selection), command);
}
