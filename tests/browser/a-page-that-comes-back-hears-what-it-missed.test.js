// The stream of an open page: when it is there and when it is not, and what is told of the time between.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { newsml, newsmlMessage } from '../lib/copy.js';
import { emptyPaper, eventually } from '../lib/paper.js';

const item = (name, more = {}) => newsml({ guid: `urn:newsml:tests.example:20261101:${name}`, headline: `Story ${name}`, body: '<p>Words of it.</p>'.repeat(30), ...more });
const hears = (page) => page.waitForResponse((answer) => /\/live\/[^/]+\?/.test(answer.url()) && answer.status() === 200);

async function open(page, address) {
  const heard = hears(page);
  await page.goto(address);
  await heard;
}

/** As another tab, or none, is looked at. */
const turn = (page, hidden) => page.evaluate((value) => {
  Object.defineProperty(document, 'hidden', { get: () => value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, hidden);

/** A stream that says what the test says: said(kind, data, id) on the page. */
const scripted = (page) => page.addInitScript(() => {
  window.streams = [];
  window.EventSource = class extends EventTarget {
    constructor(where) {
      super();
      this.readyState = 1;
      this.where = where;
      window.streams.push(this);
    }

    close() { this.readyState = 2; }
  };
  window.EventSource.CLOSED = 2;
  window.said = (kind, data, lastEventId = '') => {
    const one = window.streams.at(-1), e = new MessageEvent(kind, { data: JSON.stringify(data), lastEventId });
    if (kind === 'message') one.onmessage(e); else one.dispatchEvent(e);
  };
});

test('a page that comes back hears what it missed', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('v1.xml', item('quay'));
  const run = await paper.publish('run.xml', item('run'));
  for (let i = 0; i < 12; i++) await paper.publish(`o${i}.xml`, item(`o${i}`));
  await paper.does('live', 'add', run, '--headline', 'The first entry');
  const address = await paper.address(story), running = await paper.address(run);
  const openStreams = async () => Number(/told what happens +(\d+)/.exec((await paper.does('top', '--once')).out)[1]);
  const b = await browser(t);

  await t.test('half a day of agency copy between is nothing that it missed', async () => {
    const { page, context, complain } = await visit(b, server, desktop);
    await open(page, address);
    await turn(page, true);
    await paper.does('ingest', '--publish', await paper.copy('v2.xml', item('quay', { version: 2, headline: 'Quay shut', signal: 'update' })));
    await paper.does('ingest', await paper.copy('wire.xml', newsmlMessage(...Array.from({ length: 300 }, (_, i) => item(`wire-${i}`)))));
    await turn(page, false);
    const note = page.locator('.live-note');
    await note.waitFor();
    assert.match(await note.innerText(), /This story has been updated\./);
    await note.getByRole('link', { name: 'What changed' }).click();
    await page.waitForURL(`**${address}/history`);
    complain();
    await context.close();
  });

  await t.test('after more than is worth telling, what was killed is told all the same', async () => {
    const wrong = await paper.publish('wrong.xml', item('wrong'));
    await paper.does('breaking', '--story', wrong, 'Wrong and libellous');
    const all = [];
    for (const where of [address, '/latest']) {
      const one = await visit(b, server, desktop);
      all.push(one);
      await open(one.page, where);
      await one.page.locator('.breaking').waitFor();
      if (where === '/latest') await one.page.evaluate(() => scrollTo(0, 600));
      await turn(one.page, true);
    }
    const [read, list] = all.map((one) => one.page);
    await paper.does('kill', wrong, '--reason', 'x');
    await paper.does('ingest', '--publish', await paper.copy('many.xml', newsmlMessage(...Array.from({ length: 220 }, (_, i) => item(`many-${i}`)))));
    assert.equal(JSON.parse((await server.get('/live/latest/since/0')).text).reload, true);
    for (const one of all) await turn(one.page, false);
    for (const one of all) await one.page.locator('.breaking').waitFor({ state: 'detached' });
    await list.locator('main').getByText('Story wrong').waitFor({ state: 'detached' });
    await list.getByRole('button', { name: /new/ }).waitFor();
    assert.equal(await read.locator('.live-note').count(), 0, 'nothing of that is of this story');
    for (const one of all) { one.complain(); await one.context.close(); }
  });

  await t.test('of a running story that has too much to tell, there is something new', async () => {
    const { page, context, complain } = await visit(b, server, desktop);
    await scripted(page);
    await page.goto(running);
    await page.waitForFunction(() => window.streams.length === 1);
    await paper.does('live', 'edit', run, '1', '--headline', 'The first entry, mended');
    await page.evaluate(() => window.said('message', { kind: 'reload' }));
    const more = page.getByRole('button', { name: 'There is something new' });
    await more.waitFor();
    await more.click();
    await page.getByRole('heading', { name: 'The first entry, mended' }).waitFor();
    await page.waitForFunction(() => window.streams.length === 1);
    await paper.does('correct', run, '--reason', 'It was the run.');
    await page.evaluate(() => window.said('message', { kind: 'reload' }));
    await page.locator('.live-note', { hasText: 'It was the run.' }).waitFor();
    assert.equal(await more.count(), 0, 'its entries are those that it has');
    complain();
    await context.close();
  });

  await t.test('a hidden tab has no stream; shown again it hears the correction', async () => {
    const { page, context, complain } = await visit(b, server, desktop);
    await open(page, address);
    await eventually('one stream is open', async () => await openStreams() === 1);
    await turn(page, true);
    await eventually('none is', async () => await openStreams() === 0);
    await paper.does('correct', story, '--reason', 'It was the pier.');
    await turn(page, false);
    await page.locator('.live-note', { hasText: 'It was the pier.' }).waitFor();
    complain();
    await context.close();
  });

  await t.test('on the way to another page the stream ends, so that the browser can keep this one; back, it hears the correction', async (t) => {
    const keeps = await browser(t, [], { ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    const { page, context, complain } = await visit(keeps, server, desktop);
    await open(page, address);
    await page.evaluate(() => addEventListener('pageshow', (e) => { document.body.dataset.back = e.persisted; }));
    await page.goto('/notices.lite');
    await eventually('no stream is open', async () => await openStreams() === 0);
    await paper.does('correct', story, '--reason', 'It was the jetty.');
    await page.goBack({ waitUntil: 'commit' });
    await page.locator('.live-note', { hasText: 'It was the jetty.' }).waitFor();
    assert.equal(await page.evaluate(() => document.body.dataset.back), 'true', 'it is the page that was left');
    complain();
    await context.close();
  });

  await t.test('signs of life keep a stream, and say how far it is; after silence the page asks', async () => {
    const { page, context, complain } = await visit(b, server, desktop);
    let asked = 0;
    page.on('request', (request) => { asked += /\/since\//.test(request.url()); });
    await scripted(page);
    await page.clock.install();
    await page.goto('/latest');
    await page.waitForFunction(() => document.readyState === 'complete');
    await eventually('a stream is open', async () => { await page.clock.runFor(100); return page.evaluate(() => window.streams.length === 1); });
    for (let i = 0; i < 10; i++) {
      await page.evaluate((id) => window.said('beat', {}, String(id)), 900_000 + i);
      await page.clock.runFor(20_000);
    }
    assert.equal(asked, 0);
    await turn(page, true);
    await turn(page, false);
    await eventually('another', async () => { await page.clock.runFor(100); return page.evaluate(() => window.streams.length === 2); });
    assert.match(await page.evaluate(() => window.streams[1].where), /after=900009$/, 'behind what is told');
    await page.clock.runFor(80_000);
    await eventually('it asks', () => asked > 0);
    complain();
    await context.close();
  });

  await t.test('one that was too slow asks again for what it lost', async () => {
    const { page, context, complain } = await visit(b, server, phone);
    await scripted(page);
    await page.goto(address);
    await page.waitForFunction(() => window.streams.length === 1);
    const [, before] = /after=(\d+)$/.exec(await page.evaluate(() => window.streams[0].where));
    await page.evaluate(() => window.said('reload', {}));
    await page.waitForFunction(() => window.streams.length === 2 && window.streams[0].readyState === 2);
    assert.match(await page.evaluate(() => window.streams[1].where), new RegExp(`after=${before}$`));
    complain();
    await context.close();
  });

  await t.test('who asks again and again is told only what is new', async () => {
    const ask = (where, tag) => server.get(where, tag ? { headers: { 'if-none-match': tag } } : {});
    const { now } = JSON.parse((await ask('/live/site,latest/since/0')).text), where = `/live/site,latest/since/${now}`;
    const first = await ask(where);
    assert.equal((await ask(where, first.headers.etag)).status, 304);
    await paper.does('breaking', '--story', story, 'It breaks');
    const second = await ask(where, first.headers.etag);
    assert.equal(second.status, 200);
    assert.deepEqual(JSON.parse(second.text).said.map((w) => w.words), ['It breaks', 'It breaks'], 'as it happened, and what stands');
    const section = await ask(`/live/section-77/since/${JSON.parse(second.text).now}`);
    await paper.does('correct', story, '--reason', 'It was the slip.', '--headline', 'Slip shut');
    const third = await ask(`/live/section-77/since/${JSON.parse(second.text).now}`, section.headers.etag);
    assert.equal(third.status, 200, 'the line says something else');
    assert.deepEqual(JSON.parse(third.text).said.map((w) => [w.words, w.corrected]), [['Slip shut', true]]);
  });
});
