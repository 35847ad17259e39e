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

  const places = async (one, words) => {
    const html = (await server.get(one)).text.replace(/^.*?<\/head>/s, ''); // there machines are told
    return html.indexOf(words) < html.indexOf('She was born') ? 'top' : html.includes(words) ? 'foot' : 'nowhere';
  };
  const all = [address, `${address}.lite`, '/feed.rss'];
  const clear = (...words) => paper.does('correct', '--clarification', '--reason', ...words, story);
  await clear('She turned sixty-one.');
  await clear('In May, that is.', '--top', '--why', 'A slip of the registrar.');
  await paper.does('correct', '--reason', 'Her name has one L.', '--foot', story);
  for (const one of all) {
    assert.equal(await places(one, 'The mayor is sixty-one'), 'top', `${one}: a correction`);
    assert.equal(await places(one, 'She turned sixty-one'), 'foot', `${one}: a clarification`);
    assert.equal(await places(one, 'In May, that is'), 'top', `${one}: as it was asked for`);
    assert.equal(await places(one, 'Her name has one L'), 'foot', `${one}: as it was asked for`);
  }
  for (const one of [...all, `${address}/history`, '/corrections', '/feed.json'])
    assert.doesNotMatch((await server.get(one)).text, /registrar/, `${one}: for the newsroom alone`);

  const without = await paper.command('correct', story);
  assert.equal(without.code, 2);
  assert.match(without.err, /--reason/);
});
