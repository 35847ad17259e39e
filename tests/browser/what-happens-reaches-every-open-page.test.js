import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, eventually } from '../lib/paper.js';

const guid = 'urn:newsml:tests.example:20261101:quay';
const ago = (minutes) => new Date(Date.now() - minutes * 60_000);
const version = (n, headline, more = {}) =>
  newsml({ guid, version: n, headline, body: `<p>Words of version ${n}.</p>`.repeat(30), created: ago(90), changed: ago(60 - n), ...more });
const other = (name, headline) => newsml({ guid: `urn:newsml:tests.example:20261101:${name}`, version: 1, headline, body: '<p>More words.</p>' });
const streams = (page) => page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.includes('/live/')).length);

/** The page hears: its stream has begun. */
const hears = (page) => page.waitForResponse((answer) => answer.url().includes('/live/') && answer.status() === 200);

async function open(page, address) {
  const heard = hears(page);
  await page.goto(address);
  await heard;
}

test('what happens to a story reaches every page that is open', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('v1.xml', version(1, 'Quay shut'));
  for (let i = 0; i < 12; i++) await paper.publish(`o${i}.xml`, other(`o${i}`, `Other story number ${i}`));
  const address = await paper.address(story);
  const b = await browser(t);

  await t.test('an update and a correction are told on the open story, with the way to what it says now', async () => {
    const { page, context, complain } = await visit(b, server, desktop);
    await open(page, address);
    await paper.does('ingest', '--publish', await paper.copy('v2.xml', version(2, 'Quay shut for hours', { signal: 'update' })));
    const note = page.locator('.live-note');
    await note.waitFor();
    assert.match(await note.innerText(), /This story has been updated\./);
    await paper.does('correct', story, '--reason', 'It was the pier.', '--headline', 'Pier shut');
    await eventually('the correction is told', async () => /corrected\. It was the pier\./.test(await note.innerText()));
    assert.equal(await note.count(), 1);
    assert.equal(await page.locator('h1').innerText(), 'Quay shut', 'nothing that is read has moved');
    await note.getByRole('button', { name: 'Close' }).click();
    assert.equal(await note.count(), 0);
    await paper.does('correct', story, '--reason', 'It was the jetty.', '--headline', 'Jetty shut');
    await note.getByRole('link', { name: 'Read it as it is now' }).click();
    await page.waitForFunction(() => document.querySelector('h1').textContent === 'Jetty shut');
    complain();
    await context.close();
  });

  await t.test('new stories join at the top; further down a button counts them', async () => {
    const { page, context, complain } = await visit(b, server, phone);
    await open(page, '/');
    await paper.publish('n1.xml', other('n1', 'New at the top'));
    await page.getByRole('link', { name: 'New at the top' }).first().waitFor();
    await page.evaluate(() => scrollTo(0, 900));
    const place = await page.evaluate(() => scrollY);
    await paper.publish('n2.xml', other('n2', 'New further down'));
    await paper.publish('n3.xml', other('n3', 'New still further down'));
    const more = page.getByRole('button', { name: '2 new stories' });
    await more.waitFor();
    assert.equal(await page.evaluate(() => scrollY), place);
    assert.equal(await page.getByRole('link', { name: 'New further down' }).count(), 0);
    await more.click();
    await page.getByRole('link', { name: 'New further down' }).first().waitFor();
    assert.equal(await page.evaluate(() => scrollY), 0);
    complain();
    await context.close();
  });

  await t.test('breaking news stands on every page until it is taken back, or put away', async (t) => {
    const reader = await visit(b, server, phone), editor = await visit(b, server, desktop);
    const page = reader.page, desk = editor.page, bar = page.locator('.breaking');
    await desk.goto(/^http:\S+(\/desk\/welcome\/\S+)$/m.exec(server.out)[1]);
    for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password: 'seven grey gulls at noon' })) await desk.fill(`[name=${name}]`, value);
    await desk.locator('main button').first().click();
    await desk.waitForURL(/\/desk$/);
    await open(page, address);
    await desk.goto(`/desk/stories/${story}`);
    await desk.getByRole('link', { name: 'Tell it as breaking news' }).click();
    assert.equal(await desk.getByLabel('The line').inputValue(), 'Jetty shut');
    await desk.getByLabel('The line').fill('Jetty shut: ferries stand still');
    await desk.getByRole('button', { name: 'Tell every open page' }).click();
    await bar.waitFor();
    assert.match(await bar.innerText(), /Breaking\s+Jetty shut: ferries stand still/);
    assert.equal(await bar.getByRole('link').getAttribute('href'), address);
    assert.equal(await page.locator('[role=status] .breaking').count(), 1, 'it is read out');
    await desk.getByLabel('The line').fill('Jetty shut: one ferry runs');
    await desk.getByRole('button', { name: 'More is known: change it' }).click();
    await bar.getByText('one ferry runs').waitFor();

    await t.test('a page that is opened later has it too, fronts and lists with script off', async () => {
      const later = await visit(b, server, { ...phone, javaScriptEnabled: false });
      for (const where of ['/', '/.lite', '/latest']) {
        await later.page.goto(where);
        assert.match(await later.page.locator('.breaking').innerText(), /one ferry runs/, where);
      }
      await later.context.close();
      const third = await visit(b, server, phone);
      await third.page.goto('/latest');
      await third.page.locator('.breaking').getByText('one ferry runs').waitFor();
      await third.page.locator('.breaking').getByRole('button', { name: 'Close' }).click();
      await open(third.page, '/latest');
      await paper.publish('b1.xml', other('b1', 'After it was put away'));
      await third.page.getByRole('link', { name: 'After it was put away' }).first().waitFor();
      assert.equal(await third.page.locator('.breaking').count(), 0, 'put away for good');
      await third.context.close();
    });

    await desk.getByRole('button', { name: 'Take it back' }).click();
    await bar.waitFor({ state: 'detached' });
    await paper.does('breaking', '--story', story, 'Jetty shut again');
    await bar.waitFor();
    await paper.does('breaking', '--end');
    await bar.waitFor({ state: 'detached' });
    reader.complain();
    editor.complain();
    await reader.context.close();
    await editor.context.close();
  });

  await t.test('kept still, a page is told nothing; then it hears what it missed', async () => {
    const { page, context, complain } = await visit(b, server, phone);
    await open(page, '/');
    await page.locator('.still').click();
    await page.evaluate(() => scrollTo(0, 900));
    await paper.publish('s1.xml', other('s1', 'Said while it was still'));
    await eventually('the paper has it', async () => (await server.get('/')).text.includes('Said while it was still'));
    assert.equal(await page.locator('.live-more').count(), 0);
    const heard = hears(page);
    await page.evaluate(() => document.querySelector('.still').click());
    await heard;
    await page.getByRole('button', { name: '1 new story' }).waitFor();
    complain();
    await context.close();
  });

  await t.test('the tabs of one browser share a stream', async () => {
    const { page, context, complain } = await visit(b, server, desktop);
    await open(page, '/');
    const second = await context.newPage();
    await second.goto(address);
    await second.waitForFunction(() => document.readyState === 'complete');
    await paper.does('correct', story, '--reason', 'Shared.', '--headline', 'Jetty shut again');
    await second.locator('.live-note').waitFor();
    assert.equal(await streams(second), 0);
    complain();
    await context.close();
  });

  await t.test('a killed story is emptied at once, and leaves the lists', async () => {
    const { page, context, complain } = await visit(b, server, desktop);
    const front = await visit(b, server, desktop);
    await open(page, address);
    await open(front.page, '/latest');
    await front.page.evaluate(() => scrollTo(0, 700));
    await front.page.getByRole('link', { name: 'Jetty shut again' }).first().waitFor({ state: 'attached' });
    await paper.does('kill', story, '--reason', 'An injunction.');
    await page.getByRole('heading', { name: 'This story was taken down' }).waitFor();
    const left = await page.evaluate(() => document.documentElement.innerHTML + document.title);
    assert.ok(!/Jetty|Words of version/.test(await page.evaluate(() => document.body.innerText)));
    assert.ok(!/Words of version/.test(left));
    await eventually('the list has it no more', async () => !/Jetty/.test(await front.page.evaluate(() => document.body.innerText)));
    assert.equal(await front.page.locator('main .live-gone').first().textContent(), 'This story was taken down', 'its room says so');
    complain();
    front.complain();
    await context.close();
    await front.context.close();
  });

  await t.test('where no stream comes through, the page asks now and then', async () => {
    const { page, context } = await visit(b, server, desktop);
    await page.clock.install();
    await page.route(/\/live\/[^/]+\?/, (route) => route.abort());
    await page.goto('/');
    await page.waitForFunction(() => document.readyState === 'complete');
    await page.evaluate(() => scrollTo(0, 700));
    await paper.publish('p1.xml', other('p1', 'Asked for'));
    const asked = page.waitForResponse(/\/since\//);
    await page.clock.runFor(200_000);
    await asked;
    await page.clock.runFor(5_000);
    await page.getByRole('button', { name: '1 new story' }).waitFor();
    await context.close();
  });

  await t.test('with script off the page says when it was made and how to load it again', async () => {
    const { page, context, complain } = await visit(b, server, { ...phone, javaScriptEnabled: false });
    await page.goto('/');
    assert.match(await page.locator('.made').innerText(), /^This page is as it was at \d+:\d\d.*Load it again$/);
    await page.getByRole('link', { name: 'Load it again' }).click();
    await page.waitForURL('**/');
    complain();
    await context.close();
  });
});
