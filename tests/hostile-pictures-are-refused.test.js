import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';

import { emptyPaper } from './lib/paper.js';

const crc = (bytes) => {
  let c = ~0;
  for (const b of bytes) { c ^= b; for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1; }
  return ~c >>> 0;
};
function chunk(kind, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(kind, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}
function png(width, height, rows) {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head),
                        chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

const hostile = {
  'bomb.png': png(60000, 60000, Buffer.alloc(1000)),
  'cut.jpg': Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex'),
  'script.jpg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  'text.png': Buffer.from('this is not a picture at all, whatever its name may say'),
  'delegate.jpg': Buffer.from('push graphic-context\nviewbox 0 0 640 480\nfill \'url(https://127.0.0.1/x.jpg"|touch "/tmp/x)\'\npop graphic-context\n'),
};

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
