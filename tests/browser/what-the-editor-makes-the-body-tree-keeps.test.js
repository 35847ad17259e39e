// The editor and the body tree agree: what anybody can make with the editor's commands comes back from the
// paper's own normal form (bodyprobe) unchanged, ids and all; and what the paper gives, the editor gives back.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { toTree, fromTree } from '../../desk/src/tree.js';
import { chance } from '../lib/chance.js';
import { anything, stateOf } from '../lib/editor.js';
import { root } from '../lib/paper.js';

const probe = path.join(root, 'build/tests/bodyprobe');
const DOCUMENTS = 120, ACTS = 60;

/** The trees as the paper keeps them. */
function kept(trees) {
  return new Promise((resolve, reject) => {
    const child = spawn(probe, ['json']), parts = [];
    child.stdout.on('data', (p) => parts.push(p));
    child.on('error', reject);
    child.on('close', (code) => {
      const all = Buffer.concat(parts).toString('utf8').split('\0');
      if (code !== 0 || all.length !== trees.length * 2 + 1) reject(new Error(`bodyprobe: exit code ${code}, ${all.length} answers`));
      else resolve(trees.map((_, i) => (all[2 * i + 1] ? JSON.parse(all[2 * i + 1]) : null)));
    });
    child.stdin.end(trees.map((tree) => `${JSON.stringify(tree)}\0`).join(''));
  });
}

test('what the editor makes the body tree keeps unchanged', async (t) => {
  const next = chance(t), made = [];
  for (let i = 0; i < DOCUMENTS; i++) {
    let state = stateOf();
    for (let n = 5 + next(ACTS); n > 0; n--) state = anything(state, next);
    state.doc.check();
    made.push(toTree(state.doc));
  }
  const kinds = new Set(), look = (blocks) => { for (const b of blocks) { kinds.add(b.kind); look(b.children ?? []); } };
  for (const tree of made) look(tree.blocks);
  assert.equal(kinds.size, 20, `only ${[...kinds]}`);
  for (const [i, back] of (await kept(made)).entries()) assert.deepEqual(back, made[i], `document ${i}`);
});

test('what the paper gives the editor gives back', async (t) => {
  const next = chance(t), pick = (...all) => all[next(all.length)];
  const kinds = ['paragraph', 'heading', 'list', 'item', 'quote', 'pull_quote', 'picture', 'gallery', 'video', 'audio', 'fact_box', 'table', 'row', 'cell', 'timeline', 'entry', 'embed', 'related', 'footnote', 'divider'];
  const word = () => pick('', 'a ', 'harbour', '  two  words ', '\u00a0', 'x\ty', 'é');
  const address = () => pick('', 'https://EXAMPLE.org:443/a b/../c?x=1#z', '/own/./path', 'javascript:alert(1)', 'mailto:a@b.example', 'pictures/one.jpg', 'https://user@host.example/');
  const span = () => (next(6) === 0 ? { break: true } : { text: word(), ...(next(3) ? {} : { marks: [pick('strong', 'emphasis', 'code', 'sub', 'sup')] }), ...(next(4) ? {} : { link: address() }), ...(next(5) ? {} : { language: pick('de', 'fr-CA', 'x y') }) });
  const inside = { list: 'item', item: 'list', table: 'row', row: 'cell', timeline: 'entry', gallery: 'picture' };
  const block = (parent, depth) => {
    const kind = parent && next(5) ? inside[parent] ?? pick(...kinds) : pick(...kinds);
    return { kind, id: pick('', 'a', 'b', 'k7', 'X y'), title: word(), credit: word(), alt: word(), address: address(), language: pick('', '', 'de', 'ar'), media: pick(0, 0, 7), story: pick(0, 5), level: next(6), start: next(4), across: next(4), down: next(4), ordered: next(2) === 0, header: next(2) === 0, width: pick(0, 640), height: pick(0, 480),
             spans: Array.from({ length: next(5) }, span), ...(depth > 0 ? { children: Array.from({ length: next(4) }, () => block(kind, depth - 1)) } : {}) };
  };
  const given = (await kept(Array.from({ length: 500 }, () => ({ v: 1, blocks: Array.from({ length: next(7) }, () => block('', 3)) })))).filter(Boolean);
  assert.ok(given.length > 300);
  for (const tree of given) {
    const doc = fromTree(tree);
    assert.deepEqual(toTree(doc), { v: 1, blocks: tree.blocks }, JSON.stringify(tree));
    assert.ok(fromTree(toTree(doc)).content.findDiffStart(doc.content) === null || doc.lastChild.content.size === 0);
  }
});
