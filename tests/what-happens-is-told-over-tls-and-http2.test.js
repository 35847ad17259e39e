import assert from 'node:assert/strict';
import https from 'node:https';
import { test } from 'node:test';

import { get, polite, Raw, request, type } from './lib/frames.js';
import { eventually, samplePaper } from './lib/paper.js';
import { certificate, words } from './lib/tls.js';

test('what happens is told over TLS and HTTP/2', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet', ...words(certificate(paper.folder, 'paper', ['localhost'])));
  const reader = await polite(server);
  const open = (where) => {
    const stream = reader.session.request({ ':path': where });
    const told = { text: '', ended: new Promise((done) => stream.on('close', () => done(stream.rstCode))) };
    stream.setEncoding('utf8').on('response', (h) => { told.headers = h; }).on('data', (s) => { told.text += s; });
    return told;
  };
  const two = open('/live/site,latest');
  let one = '';
  https.get({ host: '127.0.0.1', port: server.securePort, path: '/live/site,latest', rejectUnauthorized: false, agent: false }, (got) => got.setEncoding('utf8').on('data', (s) => { one += s; }));
  await eventually('both are open', () => two.headers && one);
  assert.equal(two.headers[':status'], 200);
  assert.match(two.headers['content-type'], /^text\/event-stream/);
  assert.equal(two.headers['content-length'], undefined);

  const number = /^(\d+)\t/m.exec((await paper.does('list')).out)[1];
  const before = two.text.length;
  await paper.does('kill', number);
  await eventually('both hear of it', () => /^event: /m.test(two.text.slice(before)) && one.length > 0 && one.includes(two.text.slice(before).match(/^id: .*$/m)?.[0] ?? '\n\n\n'));
  // other requests go on beside it
  assert.equal((await reader.ask('/robots.txt')).status, 200);

  // one connection opens so many, and no more
  const more = await Raw.to(server);
  for (let i = 0; i < 9; i++) more.send(request(2 * i + 1, get('/live/site')));
  const ended = await more.hear((f) => f.type <= 1 && f.flags & 1);
  assert.ok(ended, 'one was refused');
  assert.equal(new Set(more.heard.filter((f) => f.type === type.HEADERS).map((f) => f.stream)).size, 9);
  more.close();

  assert.equal((await server.stop()).code, 0);
  assert.equal(await two.ended, 0);
  assert.match(two.text, /retry: \d+\n\n$/);
});
