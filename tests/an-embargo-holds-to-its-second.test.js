// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually, patience } from './lib/paper.js';

test('an embargo holds to its second', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await paper.publish('other.xml', newsml({ headline: 'Ordinary news' }));
  // whole seconds, as far ahead as taking it in may need
  const embargo = new Date((Math.floor(Date.now() / 1000) + 2 + 2 * patience) * 1000);
  const { out } = await paper.does('ingest', '--publish', await paper.copy('later.xml',
    newsml({ guid: 'urn:newsml:tests.example:20261101:prize', headline: 'Quillfeather takes the prize', person: 'Asta Embargo', embargo })));
  assert.match(out, /\tscheduled/);
  const story = /story (\d+)/.exec(out)[1];
  const address = await paper.address(story);
  const places = ['/', '/news', address, '/author/asta-embargo'].filter(Boolean);

  await eventually('the embargo ends', async () => {
    for (const place of places) {
      const asked = Date.now();
      const page = await server.get(place);
      const told = page.status === 200 && page.text.includes('Quillfeather');
      if (told) assert.ok(Date.now() >= embargo.getTime(), `${place} told ${embargo.getTime() - Date.now()} ms early`);
      else if (place === '/' ) assert.ok(asked < embargo.getTime() + 1000 * patience, 'the front is late');
    }
    return Date.now() > embargo.getTime();
  }, { within: 30_000 * patience });

  // from its second on, every page has it: nothing stale is kept, whether or not a clock has run
  for (const place of ['/', '/news', '/author/asta-embargo']) {
    const page = await server.get(place);
    assert.equal(page.status, 200, place);
    assert.match(page.text, /Quillfeather takes the prize/, place);
  }
  assert.equal((await server.get(await paper.address(story))).status, 200);
  await eventually('the list says live', async () => /\tlive\t/.test((await paper.does('list')).out.split('\n').find((l) => l.includes('Quillfeather'))));
});
