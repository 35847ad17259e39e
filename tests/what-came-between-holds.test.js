// Somebody is suspended while what they have sent waits for the store: it is not done.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { employ, publisher } from './lib/desk.js';
import { emptyPaper, eventually, patience } from './lib/paper.js';

/** Hold the store's writer from outside, with some change in hand. */
async function hold(paper, change) {
  const shell = spawn('sqlite3', [path.join(paper.data, 'paper.db')]);
  let out = '';
  shell.stdout.setEncoding('utf8').on('data', (s) => { out += s; });
  shell.stdin.write(`.timeout 10000\nBEGIN IMMEDIATE;\n${change};\nSELECT 'held';\n`);
  await eventually('the writer is held', () => /held/.test(out));
  return () => new Promise((done) => {
    shell.on('close', done);
    shell.stdin.end('COMMIT;\n.quit\n');
  });
}

test('a suspension or another role that came between holds', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await publisher(server);
  const bo = await employ(paper, server, 'bo@paper.example', 'publisher');

  for (const [change, undo, where, fields] of [
    ['UPDATE staff SET state = 2 WHERE id = 2', 'UPDATE staff SET state = 1 WHERE id = 2', '/desk/account', { act: 'name', name: 'Too late' }],
    ['UPDATE staff SET role = \'reporter\' WHERE id = 2', 'UPDATE staff SET role = \'publisher\' WHERE id = 2', '/desk/roles/new', [['name', 'Too late'], ['may', 'write']]],
  ]) {
    // the request must have been let in before the change is there: the more patient, the surer
    let wait = 50 * patience, between = false;
    for (let tries = 0; tries < 6 && !between; tries += 1, wait *= 2) {
      assert.equal((await bo.get(where)).status, 200);
      const release = await hold(paper, change);
      const reply = bo.post(where, fields);
      await new Promise((done) => setTimeout(done, wait));
      await release();
      between = (await reply).status === 403;
      const back = await hold(paper, undo);
      await back();
    }
    assert.ok(between, `${change}: refused by the job itself`);
    const { out } = await paper.does('user', 'list');
    assert.doesNotMatch(out, /Too late/);
    assert.doesNotMatch((await bo.get('/desk/roles')).text, /Too late/);
  }
});
