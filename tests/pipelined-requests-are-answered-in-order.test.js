// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { raw, replies } from './lib/http.js';
import { samplePaper } from './lib/paper.js';

test('pipelined requests are answered in order', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  // what is drawn slowly first, what is kept or refused at once behind it
  const asked = ['/', '/politics', '/none-such', '/colours.css', '/sport', '/', '/topic/none', '/science'];
  const statuses = [200, 200, 404, 200, 200, 200, 404, 200];
  const bytes = asked
    .map((path, i) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${i === asked.length - 1 ? 'Connection: close\r\n' : ''}\r\n`)
    .join('');

  for (const round of ['cold', 'warm']) {
    const got = await raw(server.port, bytes, { within: 30_000 });
    assert.ok(got.closed, round);
    const all = replies(got.bytes);
    assert.deepEqual(all.map((r) => r.status), statuses, round);
    assert.match(all[1].text, /<h1[^>]*>Politics/);
    assert.match(all[3].headers['content-type'], /^text\/css/);
    assert.match(all[4].text, /<h1[^>]*>Sport/);
    assert.equal(all[0].text, all[5].text);
    assert.match(all[7].text, /<h1[^>]*>Science and nature/);
  }
});

test('a request cut into single bytes is understood', async (t) => {
  const { connect } = await import('node:net');
  const server = await (await samplePaper(t)).serve('--quiet');
  const socket = connect({ host: '127.0.0.1', port: server.port, noDelay: true });
  const parts = [];
  const ended = new Promise((done) => socket.on('data', (p) => parts.push(p)).on('end', done));
  for (const byte of Buffer.from('GET /sport HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')) {
    socket.write(Buffer.of(byte));
    await new Promise(setImmediate);
  }
  await ended;
  const [reply] = replies(Buffer.concat(parts));
  assert.equal(reply.status, 200);
  assert.match(reply.text, /<h1[^>]*>Sport/);
});
