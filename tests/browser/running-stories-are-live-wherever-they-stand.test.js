import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, eventually } from '../lib/paper.js';

const item = (name, more = {}) =>
  newsml({ guid: `urn:newsml:tests.example:20261101:${name}`, headline: `About ${name}`, body: '<p>Words.</p>'.repeat(20), ...more });

/** A page that hears what happens. */
async function open(b, server, address, device) {
  const one = await visit(b, server, device);
  const heard = one.page.waitForResponse((answer) => answer.url().includes('/live/') && answer.status() === 200);
  await one.page.goto(address);
  await heard;
  return one;
}

const top = (page, name) => page.getByRole('heading', { name, exact: true }).evaluate((one) => one.getBoundingClientRect().top);
const toTop = (locator, by = 0) => locator.evaluate((one, by) => scrollTo(0, scrollY + one.getBoundingClientRect().top - by), by);

test('running stories are live wherever they stand in brief', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', item('boats', { keywords: ['Boats'] }));
  const near = await paper.publish('b.xml', item('harbour', { keywords: ['Boats'] }));
  for (let i = 0; i < 6; i++) await paper.publish(`o${i}.xml`, item(`other ${i}`));
  for (let i = 1; i <= 5; i++) await paper.does('live', 'add', story, '--headline', `Entry ${i}`);
  const b = await browser(t);
  const front = await open(b, server, '/', phone), beside = await open(b, server, await paper.address(near), desktop);
  const ticker = front.page.locator('.ticker'), rail = front.page.locator('.live-rail'), box = beside.page.locator('.live-box');
  const places = { ticker, rail, box };
  await front.page.evaluate(() => scrollTo(0, 300));
  const asked = front.asked.length;

  const all = (what, said) => Promise.all(Object.entries(places).map(([name, one]) => eventually(`${name}: ${what}`, async () => said(await one.innerText()))));

  await t.test('a new entry comes, and what is asked for is small', async () => {
    await paper.does('live', 'add', story, '--headline', 'Entry 6');
    await all('has the new entry', (text) => /Entry 6/.test(text));
    assert.doesNotMatch(await ticker.innerText(), /Entry 5/);
    assert.equal(await rail.locator('li').count(), 4);
    assert.equal(await box.locator('li:visible').count(), 3);
    assert.deepEqual(front.asked.slice(asked).map((one) => one.replace(server.address, '')), [`${await paper.address(story)}.part`]);
  });

  await t.test('a changed one says what it says now', async () => {
    await paper.does('live', 'edit', story, 6, '--headline', 'Entry six');
    await all('has the change', (text) => /Entry six/.test(text));
  });

  await t.test('a withdrawn one goes, and the one before it comes back', async () => {
    await paper.does('live', 'withdraw', story, 6);
    await all('has it no more', (text) => !/Entry six/.test(text) && /Entry 5/.test(text));
  });

  await t.test('it pauses and ends', async () => {
    await paper.does('live', 'state', story, 'paused');
    await all('is paused', (text) => /Live, paused/i.test(text));
    await paper.does('live', 'state', story, 'ended');
    await all('is over', (text) => /As it happened/i.test(text) && !/live/i.test(text));
    assert.equal(await front.page.locator('.live-more').count(), 0);
  });

  await t.test('another begins', async () => {
    const other = await paper.publish('c.xml', item('trains'));
    await front.page.getByRole('button', { name: '1 new story' }).waitFor();
    await front.page.evaluate(() => scrollTo(0, 0));
    await paper.does('live', 'add', other, '--headline', 'The first train');
    await ticker.getByText('The first train').waitFor();
  });
  front.complain();
  beside.complain();
});

test('what a running story says is as it is now, and nothing that is read moves', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', item('boats'));
  const address = await paper.address(story);
  const say = (headline, ...more) => paper.does('live', 'add', story, '--headline', headline, ...more);
  for (let i = 1; i <= 9; i++) await say(`Entry number ${i}`, ...(i === 4 ? ['--key'] : []));
  const b = await browser(t);
  const { page, complain } = await open(b, server, address, phone);
  const list = page.locator('[data-running]'), more = page.getByRole('button', { name: /new entr/ });
  const text = () => page.locator('main').innerText();

  await t.test('what is withdrawn or changed while it waits behind a button', async () => {
    await toTop(list, -200);
    await say('Secret libel');
    await say('Wrong title');
    await page.getByRole('button', { name: '2 new entries' }).waitFor();
    await paper.does('live', 'edit', story, 11, '--headline', 'Right title');
    await paper.does('live', 'withdraw', story, 10);
    await page.getByRole('button', { name: '1 new entry' }).click();
    await page.getByRole('heading', { name: 'Right title' }).waitFor();
    assert.doesNotMatch(await text(), /Secret libel|Wrong title/);
    assert.equal(await more.count(), 0);
  });

  await t.test('a key event is changed and withdrawn in the list of key events too', async () => {
    const keys = page.locator('.running-keys');
    await paper.does('live', 'edit', story, 4, '--headline', 'Entry no. four');
    await eventually('the key event is changed', async () => /Entry no\. four/.test(await keys.innerText()));
    await paper.does('live', 'withdraw', story, 4);
    await eventually('it is gone', async () => !/four/.test(await text()));
    assert.match(await page.locator('#entry-4').innerText(), /^This entry was taken down$/);
    assert.match(await keys.innerText(), /This entry was taken down/);
  });

  await t.test('where the list begins in the window a new entry waits', async () => {
    await toTop(list, 60);
    const place = await top(page, 'Right title');
    await say('Pushes down');
    await page.getByRole('button', { name: '1 new entry' }).waitFor();
    assert.equal(await top(page, 'Right title'), place);
    await more.click();
    await page.getByRole('heading', { name: 'Pushes down' }).waitFor();
  });

  await t.test('where words are marked, too; below the window one joins', async () => {
    await page.evaluate(() => { scrollTo(0, 0); getSelection().selectAllChildren(document.querySelector('h1')); });
    await page.setViewportSize({ width: 390, height: 300 });
    await say('Below the window');
    await page.getByRole('heading', { name: 'Below the window' }).waitFor();
    await page.setViewportSize({ width: 390, height: 3000 });
    await say('While words are marked');
    await more.waitFor();
    await page.setViewportSize(phone.viewport);
    await page.evaluate(() => getSelection().removeAllRanges());
  });

  await t.test('an entry above that grows is offered, not put in', async () => {
    await toTop(page.getByRole('heading', { name: 'Entry number 3', exact: true }), 300);
    const place = await top(page, 'Entry number 3');
    await paper.does('live', 'edit', story, 8, '--headline', 'A very long headline '.repeat(12));
    await page.getByRole('button', { name: 'There is something new' }).waitFor();
    assert.equal(await top(page, 'Entry number 3'), place);
  });

  await t.test('its state is changed in place', async () => {
    const place = await top(page, 'Entry number 3');
    await paper.does('live', 'state', story, 'ended');
    await eventually('it is over', async () => /As it happened/i.test(await page.locator('.running-state').innerText()));
    assert.equal(await top(page, 'Entry number 3'), place);
  });
  complain();
});

test('with the oldest first a new entry comes to the last page', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', item('boats'));
  const address = await paper.address(story);
  for (let i = 1; i <= 51; i++) await paper.does('live', 'add', story, '--headline', `Hour ${i}`);
  const b = await browser(t);
  const first = await open(b, server, `${address}?order=oldest`, desktop), last = await open(b, server, `${address}?order=oldest&page=2`, desktop);
  await paper.does('live', 'add', story, '--headline', 'Brand new');
  await last.page.getByRole('heading', { name: 'Brand new' }).waitFor();
  const last3 = (page) => page.locator('[data-running] h3').allInnerTexts();
  assert.deepEqual(await last3(last.page), ['Hour 51', 'Brand new']);
  await first.page.getByRole('button', { name: '1 new entry' }).waitFor();
  assert.equal((await last3(first.page)).at(-1), 'Hour 50');
  await first.page.getByRole('button', { name: '1 new entry' }).click();
  await first.page.getByRole('heading', { name: 'Brand new' }).waitFor();
  first.complain();
  last.complain();
});
