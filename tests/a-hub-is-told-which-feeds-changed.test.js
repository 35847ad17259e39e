// threads
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually, finallyDo, patience } from './lib/paper.js';

/** A hub that keeps what it is told; `answer` may be changed on the way. */
class Hub {
  constructor(t) {
    this.told = [];
    this.answer = (reply) => reply.writeHead(202).end();
    finallyDo(t, () => this.close());
  }

  async open(port = 0) {
    this.server = http.createServer((asked, reply) => {
      let body = '';
      asked.setEncoding('utf8').on('data', (s) => { body += s; }).on('end', () => {
        this.told.push({ method: asked.method, path: asked.url, type: asked.headers['content-type'], fields: new URLSearchParams(body) });
        this.answer(reply);
      });
    });
    await new Promise((done) => this.server.listen(port, '127.0.0.1', done));
    this.port = this.server.address().port;
  }

  async close() {
    this.server?.closeAllConnections();
    await new Promise((done) => (this.server?.listening ? this.server.close(done) : done()));
  }

  get urls() { return this.told.flatMap(({ fields }) => fields.getAll('hub.url')); }

  hears(what, claim) { return eventually(what, () => claim(this), { within: 30_000 * patience }); }
}

const piece = (n) => newsml({
  guid: `urn:newsml:tests.example:20261101:hub-${n}`, headline: `Piece ${n} of the day`, person: `Writer ${n}`,
  body: `<p>Secret of number ${n}.</p>`,
});

test('a hub is told which feeds changed, also after it or the paper was away', async (t) => {
  const hub = new Hub(t);
  const paper = await emptyPaper(t);
  await hub.open();
  await paper.publish('before.xml', piece(0));
  await paper.does('settings', 'set', 'address', 'https://news.example');
  let server = await paper.serve('--quiet');
  await paper.does('settings', 'set', 'hub', `http://127.0.0.1:${hub.port}/hub?paper=1`);

  // a story: its feeds in their three forms, and nothing of what it says
  await paper.publish('one.xml', piece(1));
  await hub.hears('the first announcement', () => hub.urls.includes('https://news.example/author/writer-1/feed.json'));
  assert.deepEqual([...new Set(hub.urls)].sort(), ['', '/author/writer-1', '/news'].flatMap((page) =>
    ['atom', 'json', 'rss'].map((kind) => `https://news.example${page}/feed.${kind}`)).sort());
  const [first] = hub.told;
  assert.equal(first.method, 'POST');
  assert.equal(first.path, '/hub?paper=1');
  assert.equal(first.type, 'application/x-www-form-urlencoded');
  assert.equal(first.fields.get('hub.mode'), 'publish');
  assert.deepEqual([...new Set(first.fields.keys())], ['hub.mode', 'hub.url']);
  assert.match((await server.get('/feed.rss')).text, /<atom:link rel="hub" href="http:\/\/127/);

  // the hub is down: said in the log, tried again, and told when it is back
  await hub.close();
  await paper.publish('two.xml', piece(2));
  await eventually('the log says so', () => /event=errand_failed errand=hub error=io .*does not answer/.test(server.err));
  hub.told = [];
  await hub.open(hub.port);
  await hub.hears('what happened while it was down', () => hub.urls.includes('https://news.example/author/writer-2/feed.rss'));

  // it is in trouble and says so: tried again
  let refused = 0;
  hub.answer = (reply) => reply.writeHead(refused++ < 2 ? 503 : 204).end();
  await paper.publish('three.xml', piece(3));
  await hub.hears('the third try', () => refused >= 3);
  assert.match(server.err, /errand=hub .*answered 503/);

  // it does not want it: said once, and the next change is told all the same
  hub.answer = (reply) => reply.writeHead(403).end();
  await paper.publish('four.xml', piece(4));
  await eventually('the log says so', () => /event=errand_refused errand=hub .*answered 403/.test(server.err));
  hub.answer = (reply) => reply.writeHead(202).end();

  // a redirect leads nowhere
  const elsewhere = new Hub(t);
  await elsewhere.open();
  hub.answer = (reply) => reply.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end();
  await paper.publish('five.xml', piece(5));
  await eventually('the log says so', () => /errand=hub .*answered 307/.test(server.err));
  assert.equal(elsewhere.told.length, 0);

  // it takes the announcement and never answers: nobody waits for it, not even the end
  let held = 0;
  hub.answer = () => { held++; };
  await hub.hears('somebody who waits', () => held > 0);
  const six = await paper.publish('six.xml', piece(6));
  assert.equal((await server.get(await paper.address(six))).status, 200);
  assert.equal((await server.stop()).code, 0);

  // what happened while the paper was down is told after its start, and what was told is not told again
  hub.answer = (reply) => reply.writeHead(202).end();
  await paper.publish('seven.xml', piece(7));
  hub.told = [];
  server = await paper.serve('--quiet');
  await hub.hears('what happened meanwhile', () => hub.urls.includes('https://news.example/author/writer-7/feed.rss'));
  assert.ok(hub.urls.includes('https://news.example/author/writer-5/feed.rss'), 'what was never answered is told again');
  for (const old of [0, 1, 2, 3]) assert.ok(!hub.urls.includes(`https://news.example/author/writer-${old}/feed.rss`), `writer ${old}`);
});
