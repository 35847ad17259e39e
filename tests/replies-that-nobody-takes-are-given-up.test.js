import assert from 'node:assert/strict';
import { test } from 'node:test';

import { flag, frame, get, polite, Raw, request, settings, type } from './lib/frames.js';
import { samplePaper } from './lib/paper.js';
import { certificate, words } from './lib/tls.js';

const CALM = 11, CANCEL = 8;

// takes as long as the paper waits: half a minute
test('replies that nobody takes are given up', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet', '--threads', '1', ...words(certificate(paper.folder, 'paper', ['localhost'])));

  // windows of nothing: a hundred replies lie ready and may not go
  const greedy = await Raw.to(server, [settings([4, 0])]);
  for (let i = 0; i < 100; i++) greedy.send(request(2 * i + 1, get('/')));
  // one that stands still, beside others that go on: as a film that is paused
  const paused = await Raw.to(server, [settings([4, 0])]);
  paused.send(request(1, get('/')));
  // a head that never ends
  const slow = await Raw.to(server);
  slow.send(request(1, get(), flag.END_STREAM));

  assert.equal(await slow.goaway(), CALM);
  assert.equal(await paused.hear((f) => f.type === type.RST_STREAM, 120_000).then((f) => f?.payload.readUInt32BE(0)), CANCEL);
  paused.send(frame(type.WINDOW_UPDATE, 0, 0, Buffer.from([0, 1, 0, 0])), settings([4, 65535]), request(3, get('/robots.txt')));
  assert.equal(await paused.end(3), 0, 'the connection goes on');
  assert.equal(await greedy.goaway(), CALM);
  await greedy.ended;
  const reader = await polite(server);
  assert.equal((await reader.ask('/')).status, 200);
  reader.close();
  paused.close();
});
