// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml, newsmlKill } from './lib/copy.js';
import { emptyPaper } from './lib/paper.js';

const word = 'Zanzibarine';
const item = (guid) => ({
  guid, version: 1, headline: `${word} verdict in error`, person: 'Ludo Kell', standfirst: `A ${word} standfirst.`,
  body: `<p>The ${word} body.</p>`, subjects: [{ code: '20000213', name: 'commercial fishing' }],
});

/** Every page that shows the story, opened and so kept by the server. */
async function placesOf(server, address) {
  const page = await server.get(address);
  assert.equal(page.status, 200);
  const [, year, month, day] = /\/(\d{4})\/(\d{2})\/(\d{2})\//.exec(address);
  const author = /rel="author" href="([^"]+)"/.exec(page.text)[1];
  const topic = /rel="tag" href="([^"]+)"/.exec(page.text)[1];
  const section = /<p class="kicker"><a href="([^"]+)"/.exec(page.text)[1];
  const places = ['/', section, author, topic, `/${year}/${month}/${day}`];
  for (const place of places) assert.ok((await server.get(place)).text.includes(word), `${place} should show it first`);
  return places;
}

for (const how of ['by the wire', 'by the desk']) {
  test(`a story killed ${how} is gone from everywhere`, async (t) => {
    const paper = await emptyPaper(t);
    const server = await paper.serve('--quiet');
    const guid = 'urn:newsml:tests.example:20261101:verdict';
    const story = await paper.publish('verdict.xml', newsml(item(guid)));
    await paper.publish('other.xml', newsml({ guid: 'urn:newsml:tests.example:20261101:other', headline: 'Other news' }));
    const address = await paper.address(story);
    const places = await placesOf(server, address);

    if (how === 'by the wire') {
      const { out } = await paper.does('ingest', '--publish', await paper.copy('kill.xml', newsmlKill({ guid, version: 2 })));
      assert.match(out, /\tkilled/);
    } else {
      assert.match((await paper.does('kill', '--reason', 'wrong person', story)).out, /done/);
    }

    const gone = await server.get(address);
    assert.equal(gone.status, 410);
    assert.ok(!gone.text.includes(word), 'the page that says it is gone');
    assert.match(gone.text, /<h1>[^<]+<\/h1>/);
    for (const place of places) {
      const page = await server.get(place);
      assert.ok([200, 404].includes(page.status), `${place}: ${page.status}`);
      assert.ok(!page.text.includes(word), `${place} still tells`);
    }

    await t.test('and can never come back', async () => {
      const again = await paper.command('publish', story);
      assert.equal(again.code, 1);
      await paper.command('ingest', '--publish', await paper.copy('v3.xml', newsml({ ...item(guid), version: 3 })));
      assert.equal((await server.get(address)).status, 410);
      assert.ok(!(await server.get('/')).text.includes(word));
    });
    assert.match((await paper.does('check')).out, /0 problems/);
  });
}
