import assert from 'node:assert/strict';
import { test } from 'node:test';

import { emptyPaper } from './lib/paper.js';
import { hostile, png } from './lib/pictures.js';

test('hostile pictures are refused', async (t) => {
  const paper = await emptyPaper(t);
  for (const [name, bytes] of Object.entries(hostile)) await paper.copy(name, bytes);
  const good = await paper.copy('good.png', png(640, 480, Buffer.alloc(481 * 640)));
  const { code, out } = await paper.command('ingest', '--publish', `${paper.folder}/copy`);

  assert.equal(code, 1, out);
  for (const name of ['bomb.png', 'cut.jpg'])
    assert.match(out, new RegExp(`${name.replace('.', '\\.')}[^\\n]*: .{8,}`), `${name} is refused with a reason: ${out}`);
  assert.match(out, /good/, out);
  assert.ok(good);

  await t.test('none of them is served', async () => {
    const server = await paper.serve('--quiet');
    let served = 0;
    for (let id = 1; id <= 10; id++) {
      const got = await server.get(`/media/${id}/640.jpg`);
      if (got.status === 200) { served++; assert.equal(got.headers['content-type'], 'image/jpeg'); }
    }
    assert.ok(served <= 1, `${served} pictures are served`);
    assert.doesNotMatch((await server.get('/')).text, /<svg[^>]*><script/);
  });
  assert.match((await paper.does('check')).out, /0 problems/);
});
