import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper } from './lib/paper.js';

test('a correction is said on the page', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ headline: 'Mayor is sixty', body: '<p>She was born in 1966.</p>' }));
  const address = await paper.address(story);
  assert.doesNotMatch((await server.get(address)).text, /class="corrections"/);

  await paper.does('correct', '--reason', 'The mayor is sixty-one, not "sixty" <as we said>.', '--headline', 'Mayor is sixty-one', story);
  const page = (await server.get(address)).text;
  assert.match(page, /<h1>Mayor is sixty-one<\/h1>/);
  assert.match(page, /Correction/);
  assert.match(page, /The mayor is sixty-one, not (&quot;|"|&#34;)sixty(&quot;|"|&#34;) &lt;as we said(&gt;|>)\./);
  for (const one of [address, `${address}.lite`])
    assert.match((await server.get(one)).text, /<strong>Correction<\/strong>, <time [^>]*>[^<]*<\/time>: /, `${one}: no space before the colon`);
  assert.match((await server.get('/')).text, /Mayor is sixty-one/);

  const without = await paper.command('correct', story);
  assert.equal(without.code, 2);
  assert.match(without.err, /--reason/);
});
