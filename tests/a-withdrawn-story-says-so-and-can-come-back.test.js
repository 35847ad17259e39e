// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper } from './lib/paper.js';

test('a withdrawn story says so and can come back', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ headline: 'Pumpernickel prices halve', body: '<p>Pumpernickel is cheap.</p>' }));
  const address = await paper.address(story);
  assert.equal((await server.get(address)).status, 200);

  await paper.does('withdraw', '--reason', 'Pumpernickel board objects', story);
  const gone = await server.get(address);
  assert.equal(gone.status, 410);
  assert.match(gone.text, /taken down|withdrawn/i);
  assert.doesNotMatch(gone.text, /Pumpernickel/);
  assert.doesNotMatch((await server.get('/')).text, /Pumpernickel/);

  await paper.does('publish', story);
  const back = await server.get(address);
  assert.equal(back.status, 200);
  assert.match(back.text, /Pumpernickel is cheap/);
});
