// threads
import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { test } from 'node:test';

import { get, polite, Raw, request, type } from './lib/frames.js';
import { eventually, samplePaper } from './lib/paper.js';
import { certificate, words } from './lib/tls.js';

test('a stop lets requests over HTTP/2 be answered', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet', '--no-cache', ...words(certificate(paper.folder, 'paper', ['localhost'])));
  const idle = await Raw.to(server, []);
  const readers = await Promise.all(Array.from({ length: 8 }, () => polite(server)));
  let whole = 0, cut = 0;
  const said = readers.map((r) => new Promise((done) => r.session.on('goaway', (code) => done(code)).on('close', () => done(undefined))));

  // four requests at a time on each, again and again, until the session takes no more
  const ask = async (r) => {
    try {
      const got = await r.ask('/');
      assert.match(got.text, /<\/html>\s*$/);
      assert.equal(got.code, http2.constants.NGHTTP2_NO_ERROR);
      whole++;
      return true;
    } catch (e) {
      // begun and cut is wrong; never begun, or said not to have been, is not
      if (e.code === 'ERR_ASSERTION' || /no reply: (?!7)/.test(e.message)) cut++;
      return false;
    }
  };
  const asking = readers.flatMap((r) => Array.from({ length: 4 }, async () => { while (!r.session.closed && !r.session.destroyed && await ask(r)) ; }));
  await eventually('pages are being read', () => whole > 50);
  const { code, signal } = await server.stop();
  await Promise.all(asking);
  assert.deepEqual({ code, signal }, { code: 0, signal: null });
  assert.equal(cut, 0, 'replies that were cut off');
  for (const one of said) assert.equal(await one, http2.constants.NGHTTP2_NO_ERROR);
  assert.equal(await idle.goaway(), 0, 'who asked nothing is told, too');
  await idle.ended;
});

test('who is told of the stop may still have what it asked meanwhile', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet', '--no-cache', ...words(certificate(paper.folder, 'paper', ['localhost'])));
  const raw = await Raw.to(server);
  raw.send(request(1, get('/sport')));
  assert.equal(await raw.end(1), 0);
  server.child.kill('SIGTERM');
  const first = await raw.hear((f) => f.type === type.GOAWAY);
  assert.equal(first.payload.readUInt32BE(0), 0x7fffffff, 'all that comes is still taken');
  raw.send(request(3, get('/culture')));
  assert.equal(await raw.end(3), 0);
  // it has heard us
  const ping = await raw.hear((f) => f.type === type.PING);
  raw.send(Buffer.concat([Buffer.from([0, 0, 8, 6, 1, 0, 0, 0, 0]), ping.payload]));
  await raw.hear((f) => f.type === type.GOAWAY && f.payload.readUInt32BE(0) === 3);
  await raw.ended;
  assert.equal((await server.stop()).code, 0);
});
