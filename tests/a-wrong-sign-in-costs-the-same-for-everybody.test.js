// Whether an e-mail has an account is not to be told from what a wrong try takes: in both cases one
// password is hashed and one row is written.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { Person, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

test('a wrong sign-in costs the same for everybody', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await publisher(server);
  const ask = (sql) => execFileSync('sqlite3', [path.join(paper.data, 'paper.db'), sql], { encoding: 'utf8' }).trim();
  const failed = () => Number(ask('SELECT count(*) FROM audit WHERE act = \'sign_in_failed\''));
  const nobody = () => Number(ask('SELECT tries FROM staff_nobody'));

  const stranger = new Person(server);
  const known = await stranger.signIn('ada@paper.example', { secret: 'not it' });
  assert.deepEqual([failed(), nobody()], [1, 0]);
  const unknown = await stranger.signIn('nobody@paper.example', { secret: 'not it' });
  assert.deepEqual([failed(), nobody()], [1, 1]);
  const nonsense = await stranger.signIn('no e-mail at all', { secret: 'not it' });
  assert.deepEqual([failed(), nobody()], [1, 2]);
  const same = (reply) => reply.text.replace(/value="[^"]*"/g, '');
  assert.deepEqual([known.status, unknown.status, nonsense.status], [403, 403, 403]);
  assert.equal(same(known), same(unknown));
  assert.equal(same(known), same(nonsense));
  assert.doesNotMatch(ask('.dump staff_nobody'), /nobody@/);
});
