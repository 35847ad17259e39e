import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import parse from 'parse-prometheus-text-format';

import { emptyPaper, eventually } from './lib/paper.js';

const token = 'kittiwake-kittiwake-kittiwake';

test('a link that is tracked leads to the same warm page', async (t) => {
  const paper = await emptyPaper(t);
  const number = await paper.publish('ferry.txt', 'The ferry is late\n\nThe ferry waits for the tide at the quay. It will leave in the evening, the harbour master said.\n\nNobody knows more. The tide comes when it comes.\n');
  const file = path.join(paper.data, 'metrics-token');
  await fs.writeFile(file, `${token}\n`, { mode: 0o600 });
  await paper.does('settings', 'set', 'metrics_token_file', file);
  const story = await paper.address(number), section = story.slice(0, story.indexOf('/', 1));
  const server = await paper.serve();
  const warm = async (kind) => Number(parse((await server.get('/metrics', { headers: { Authorization: `Bearer ${token}` } })).text)
    .find((f) => f.name === 'broadsheet_replies_from_memory_total').metrics.find((m) => m.labels.kind === kind).value);

  await t.test('from memory, with the address that is right', async () => {
    const plain = await server.get(story);
    assert.equal(plain.status, 200);
    const before = await warm('story');
    const ways = ['fbclid=IwAR0abc', 'utm_source=x&utm_medium=social&utm_campaign=tide', 'gclid=1&fbclid=2', 'fbclid'];
    for (const way of ways) {
      const tracked = await server.get(`${story}?${way}`);
      assert.equal(tracked.status, 200, way);
      assert.equal(tracked.text, plain.text, way);
      assert.equal(tracked.headers.etag, plain.headers.etag, way);
    }
    assert.equal(await warm('story'), before + ways.length);
    assert.match(plain.text, new RegExp(`<link rel="canonical" href="[^"?]*${story}"`));
  });

  await t.test('a query of any other kind is looked at, and gives the same page', async () => {
    const before = await warm('story');
    for (const way of ['q=1', 'fbclid=1&q=2', '%66bclid=1', 'FBCLID=1'])
      assert.equal((await server.get(`${story}?${way}`)).text, (await server.get(story)).text, way);
    assert.equal(await warm('story'), before + 4, 'the plain ones alone');
  });

  await t.test('the first who comes decides nothing for the others', async () => {
    await paper.does('front', '--section', section.slice(1), 'make');
    for (const query of ['', '?fbclid=1', '?anything=1']) {
      await paper.does('settings', 'set', 'motto', `Drawn anew ${query.length}`);
      await eventually('the pages before are gone', async () => (await server.get('/')).text.includes(`Drawn anew ${query.length}`));
      for (const where of [`${section}${query}`, section]) assert.match((await server.get(where)).text, /<body[^>]*class="front/, `${where} after ${query}`);
    }
  });
});
