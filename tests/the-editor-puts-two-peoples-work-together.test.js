// What somebody else did to a story comes into the document that is being written in: in small steps, with
// the cursor and what can be undone where they were; only what both did to the same words is asked about.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { rebase, rebaseFields, settled } from '../desk/src/rebase.js';
import { toTree } from '../desk/src/tree.js';
import { stateOf, TextSelection, undo, done } from './lib/editor.js';

const p = (id, text, more = {}) => ({ kind: 'paragraph', id, spans: [{ text }], ...more });
const body = (...blocks) => ({ v: 1, blocks });
const textOf = (state) => toTree(state.doc).blocks.map((b) => `${b.id}: ${b.spans?.[0].text ?? b.kind}`);
const typed = (state, id, at, words) => {
  let pos = 0;
  state.doc.forEach((node, offset) => { if (node.attrs.id === id) pos = offset + 1 + at; });
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, pos)).insertText(words));
};

const base = body(p('a', 'One two three.'), p('b', 'Four five six.'), p('c', 'Seven.'));

test('another paragraph, a new one, one that is gone and one that was moved come in', () => {
  let state = typed(stateOf(base), 'b', 4, ' and a half');
  const cursor = state.selection.from;
  const { tr, conflicts } = rebase(state, base, body(p('c', 'Seven.'), p('a', 'One two.'), p('n', 'New.'), p('b', 'Four five six.')));
  state = state.apply(tr);
  assert.deepEqual(conflicts, []);
  assert.deepEqual(textOf(state), ['c: Seven.', 'a: One two.', 'n: New.', 'b: Four and a half five six.']);
  assert.equal(state.doc.resolve(state.selection.from).parent.attrs.id, 'b');
  assert.notEqual(state.selection.from, cursor);
  state = done(state, undo);
  assert.deepEqual(textOf(state), ['c: Seven.', 'a: One two.', 'n: New.', 'b: Four five six.'], 'undo takes back what was written here, nothing else');
});

test('one paragraph in two places is put together', () => {
  const state = typed(stateOf(base), 'a', 14, ' End');
  const { tr, conflicts } = rebase(state, base, body(p('a', 'ONE two three.'), p('b', 'Four five six.'), p('c', 'Seven.')));
  assert.deepEqual(conflicts, []);
  assert.deepEqual(textOf(state.apply(tr))[0], 'a: ONE two three. End');
});

test('the same words are asked about, and nothing is done', () => {
  const state = typed(stateOf(base), 'a', 5, 'X');
  const theirs = body(p('a', 'One TWO three.'), p('b', 'Four five six.'), p('c', 'Seven.'));
  const { conflicts } = rebase(state, base, theirs);
  assert.equal(conflicts.length, 1);
  assert.equal(conflicts[0].where, 'block:a');
  assert.equal(conflicts[0].mine.spans[0].text, 'One tXwo three.');
  for (const [choice, expected] of [['mine', ['a: One tXwo three.']], ['theirs', ['a: One TWO three.']], ['both', ['a: One TWO three.', 'new: One tXwo three.']]]) {
    const copy = settled({ headline: 'h', body: theirs }, conflicts, [choice], () => 'new');
    const after = state.apply(rebase(state, base, copy.body, true).tr);
    assert.deepEqual(textOf(after), [...expected, 'b: Four five six.', 'c: Seven.'], choice);
  }
});

test('what was taken out here or there', () => {
  let state = stateOf(base);
  state = state.apply(state.tr.delete(0, state.doc.child(0).nodeSize));
  assert.deepEqual(textOf(state.apply(rebase(state, base, base).tr)), ['b: Four five six.', 'c: Seven.'], 'what is unchanged there stays out');
  assert.deepEqual(textOf(state.apply(rebase(state, base, body(p('a', 'One two three, and more.'), ...base.blocks.slice(1))).tr))[0], 'a: One two three, and more.', 'what was written there is not lost');
  state = typed(stateOf(base), 'c', 5, '!');
  assert.deepEqual(textOf(state.apply(rebase(state, base, body(...base.blocks.slice(0, 2))).tr)), ['a: One two three.', 'b: Four five six.', 'c: Seven!.'], 'what was written here is not lost');
});

test('an answer that says the same as what is here does nothing', () => {
  const state = stateOf(base);
  assert.equal(rebase(state, base, base).tr.docChanged, false);
  assert.equal(rebase(typed(state, 'a', 0, ' '), base, base).tr.docChanged, false, 'a space that the paper does not keep is let be');
});

test('fields go by the same rule', () => {
  const { set, conflicts } = rebaseFields({ headline: 'a', kicker: 'k', bylines: ['x'] }, { headline: 'mine', kicker: 'k', bylines: ['x', 'y'] }, { headline: 'theirs', kicker: 'K', bylines: ['x', 'y'] });
  assert.deepEqual(set, { kicker: 'K' });
  assert.deepEqual(conflicts.map((c) => c.where), ['field:headline']);
  assert.equal(settled({ headline: 'theirs', body: body() }, conflicts, ['both'], () => 'n').headline, 'theirs / mine');
});
