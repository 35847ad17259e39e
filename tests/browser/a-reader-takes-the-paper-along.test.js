// The server is really stopped and started again: what a browser does with its own switch for that
// does not always reach the worker.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { logTo, readLog, strangers } from '../lib/netlog.js';
import { eventually, patience, samplePaper, temporaryFolder } from '../lib/paper.js';

const waiting = { timeout: 60_000 * patience };

const ready = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', null, waiting);
const keys = (page, name) => page.evaluate(async (of) => (await (await caches.open(of)).keys()).map((k) => new URL(k.url).pathname + new URL(k.url).search), name);
const keeps = (page, path) => eventually(`${path} is kept`, async () => (await keys(page, 'pages')).includes(path));

/** A paper whose server can be away for a while, at one address. */
async function comingAndGoing(t) {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const { port, address } = server;
  let running = server;
  return {
    paper, port, address, get: (where) => running.get(where),
    goes: () => running.stop(),
    async comes() { running = await paper.serve('--quiet', '--listen', `127.0.0.1:${port}`); },
  };
}

const storiesOf = (page) => page.$$eval('.entries .lines a', (all) => all.map((a) => new URL(a.href).pathname));
const numberOf = async (paper, path) => {
  for (const line of (await paper.does('list')).out.trim().split('\n')) {
    const number = line.split('\t')[0];
    if (await paper.address(number) === path) return number;
  }
  throw Error(`no story at ${path}`);
};

test('what was read can be read again without a connection', async (t) => {
  const server = await comingAndGoing(t);
  const b = await browser(t);
  const { page, context } = await visit(b, server, { serviceWorkers: 'allow' });
  await page.goto('/');
  await ready(page);
  await keeps(page, '/');
  const [story, unread] = await page.$$eval('.card h2 a, .card h3 a', (all) => all.map((a) => new URL(a.href).pathname));
  for (const where of [story, '/politics', `${story}.lite`]) {
    await page.goto(where);
    await keeps(page, where);
  }
  await page.goto('/latest?before=9999999999999999');
  await page.goto(story);
  const headline = await page.locator('h1').innerText();
  assert.equal(await page.locator('.kept').count(), 0);
  await keeps(page, story);
  assert.deepEqual((await keys(page, 'pages')).filter((path) => /\?|^\/(api|search)/.test(path)), []);

  await server.goes();
  await page.goto(story);
  assert.equal(await page.locator('h1').innerText(), headline);
  assert.match(await page.locator('.kept').innerText(), /This copy was kept on your device: .*\d{4}/);
  assert.ok(await page.evaluate(() => getComputedStyle(document.body).fontFamily.includes('Noto Serif')), 'it has its style');
  assert.ok(await page.locator('.hero img').evaluate(async (i) => { await i.decode(); return i.naturalWidth > 0; }), 'and its picture');
  await page.goto(`${story}.lite`);
  assert.ok(await page.locator('.kept').isVisible());
  await page.goto(unread);
  assert.equal(await page.locator('h1').innerText(), 'There is no connection');
  await eventually('what can be read is named', async () => (await storiesOf(page)).includes(story));
  await page.locator(`.take-list a[href="${story}"]`).click();
  assert.equal(await page.locator('h1').innerText(), headline);

  await t.test('and gives way to the page itself when there is one again', async () => {
    await page.goto(unread);
    await server.comes();
    await page.waitForFunction(() => document.documentElement.dataset.kept === undefined, null, waiting);
    assert.notEqual(await page.locator('h1').innerText(), 'There is no connection');
  });

  await t.test('a copy that is still right stays, and no longer says that it is one', async () => {
    await page.goto(story);
    await keeps(page, story);
    await server.goes();
    await page.goto(story);
    await page.evaluate(() => { window.sameDocument = true; });
    await server.comes();
    await page.locator('.kept').waitFor({ state: 'hidden', ...waiting });
    assert.equal(await page.evaluate(() => window.sameDocument), true);
  });

  await t.test('what is kept has its bounds', async () => {
    await page.evaluate(async () => {
      const pages = await caches.open('pages');
      const old = new Date(Date.now() - 15 * 86400_000).toISOString();
      for (let i = 0; i < 130; i++) await pages.put(`/many-${i}`, new Response('<html lang="en">x', { headers: { 'kept-at': old } }));
    });
    await page.goto('/sport');
    await keeps(page, '/sport');
    await eventually('the oldest go', async () => (await keys(page, 'pages')).length <= 101);
    assert.ok((await keys(page, 'pages')).includes('/offline'));
    await server.goes();
    await page.goto('/many-129');
    assert.equal(await page.locator('h1').innerText(), 'There is no connection', 'too old to be shown');
    await page.locator('.take-kept').waitFor(waiting);
    assert.deepEqual((await storiesOf(page)).filter((path) => path.startsWith('/many-')), [], 'nor listed');
    await server.comes();
    await page.goto('/culture');
    await eventually('they go with the next connection', async () => !(await keys(page, 'pages')).some((path) => path.startsWith('/many-')));
    await server.goes();
    await page.goto('/not-kept');
    await page.locator('.take-drop').click();
    await eventually('nothing is kept', async () => (await keys(page, 'pages')).every((path) => path === '/offline'));
  });
  await context.close();
});

test('a picture is kept as long as some kept page shows it', async (t) => {
  const server = await comingAndGoing(t);
  const b = await browser(t);
  const { page, context } = await visit(b, server, { serviceWorkers: 'allow' });
  await page.goto('/');
  await ready(page);
  const withPicture = await page.locator('.lead-card h2 a').getAttribute('href');
  await page.goto(withPicture);
  await keeps(page, withPicture);
  const id = /\/media\/\d+\//.exec(await page.locator('.hero img').getAttribute('src'))[0];
  const isThere = async () => (await keys(page, 'pictures')).some((one) => one.startsWith(id));
  await eventually('its picture is kept', isThere);
  const stay = ['/other-one', '/other-two'];
  await page.evaluate(async ([paths, picture]) => {   // pages that the paper does not have
    for (const cache of [await caches.open('pages')])
      for (const path of paths) await cache.put(path, new Response(`<html lang="en"><img src="${picture}80.jpg">`, { headers: { 'kept-at': new Date().toISOString() } }));
    for (const key of await (await caches.open('pages')).keys())
      if (!paths.includes(new URL(key.url).pathname) && !/offline$/.test(key.url)) await (await caches.open('pages')).delete(key);
  }, [stay, id]);
  page.expects = [404];
  await page.goto(stay[0]);
  await eventually('the first is forgotten', async () => !(await keys(page, 'pages')).includes(stay[0]));
  assert.ok(await isThere(), 'the other still needs it');
  await page.goto(stay[1]);
  await eventually('nobody needs it', async () => !await isThere());
  await context.close();
});

test('a reader takes today’s paper along', async (t) => {
  const server = await comingAndGoing(t);
  const log = path.join(await temporaryFolder(t), 'network.json');
  const b = await browser(t, logTo(log));
  const { page, context } = await visit(b, server, { serviceWorkers: 'allow', ...phone });
  await page.goto('/');
  await page.locator('.along a[href="/today"]').click();
  await page.waitForURL('**/today');
  await ready(page);
  const stories = await storiesOf(page);
  assert.ok(stories.length >= 20, `${stories.length} stories`);
  await page.locator('.take-button').click();
  await page.locator('.take-done').waitFor({ state: 'visible', ...waiting });

  const bundle = await server.get('/today.json');
  const told = JSON.parse(bundle.text).stories;
  assert.deepEqual(told.map(({ path }) => path).sort(), [...stories].sort());

  await server.goes();
  for (const story of stories.slice(0, 6)) {
    await page.goto(story);
    assert.ok((await page.locator('.body').innerText()).length > 100, story);
    assert.ok(await page.locator('.kept').isVisible(), story);
    for (const picture of await page.locator('main img').all())
      assert.ok(await picture.evaluate(async (i) => { i.loading = 'eager'; await i.decode(); return i.naturalWidth > 0; }), `${story}: its pictures`);
  }
  await page.goto('/');
  assert.ok(await page.locator('.lead-card').isVisible(), 'the front is there too');

  await t.test('what is killed meanwhile is gone as soon as there is a connection', async () => {
    const [killed, withdrawn, corrected] = stories;
    await page.goto(killed);
    const other = await context.newPage();
    await other.goto(withdrawn);
    const picture = /\/media\/\d+\//.exec(told.find(({ path }) => path === killed).html)[0];
    assert.ok((await keys(page, 'pictures')).some((one) => one.startsWith(picture)));
    await server.paper.does('kill', await numberOf(server.paper, killed), '--reason', 'legal');
    await server.paper.does('withdraw', await numberOf(server.paper, withdrawn));
    await server.paper.does('correct', '--reason', 'It was Tuesday, not Monday.', await numberOf(server.paper, corrected));
    await server.comes();
    for (const open of [page, other]) {
      await open.locator('.message-status').waitFor(waiting);
      assert.equal(await open.locator('h1').innerText(), 'This story has been taken down');
    }
    await eventually('nothing of them is kept', async () => {
      const left = await keys(page, 'pages');
      return !left.includes(killed) && !left.includes(withdrawn);
    });
    await eventually('nor its picture', async () => !(await keys(page, 'pictures')).some((one) => one.startsWith(picture)));
    await eventually('the correction is kept', () => page.evaluate(async (path) =>
      (await (await caches.match(path, { ignoreVary: true })).text()).includes('It was Tuesday, not Monday.'), corrected));

    await server.goes();
    await page.goto(killed);
    assert.equal(await page.locator('h1').innerText(), 'There is no connection');
    await page.goto(corrected);
    assert.match(await page.locator('main').innerText(), /It was Tuesday, not Monday/);
  });

  await t.test('and the worker, too, asks no other host', async () => {
    await b.close();
    const said = await readLog(log, '127.0.0.1');
    assert.ok(said.asked.some((url) => url.endsWith('/today.json')), 'the log has what the worker asked for');
    assert.deepEqual(strangers(said, `127.0.0.1:${server.port}`), []);
  });
});

test('with script off today’s paper is a list', async (t) => {
  const server = await comingAndGoing(t);
  const b = await browser(t);
  const { page, context, complain } = await visit(b, server, { javaScriptEnabled: false });
  await page.goto('/');
  await page.locator('.foot a[href="/today"]').click();
  await page.waitForURL('**/today'); // loaded, with its sheets
  assert.equal(await page.locator('.take-button').isVisible(), false);
  const [first] = await storiesOf(page);
  await page.goto(first);
  assert.ok(await page.locator('article.story').isVisible());
  complain();
  await context.close();
});
