// What must reach a reader, whatever was put away, paused or asked of the device; and what need not.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { password } from '../lib/desk.js';
import { emptyPaper, eventually } from '../lib/paper.js';
import { kept, ready, signedIn } from '../lib/writing.js';

const item = (name, more = {}) => newsml({ guid: `urn:newsml:tests.example:20261101:${name}`, headline: `Story ${name}`, body: '<p>Words of it.</p>'.repeat(30), ...more });
const hears = (page) => page.waitForResponse((answer) => /\/live\/[^/]+\?/.test(answer.url()) && answer.status() === 200);
const bar = (page) => page.locator('.breaking');
const close = (page) => bar(page).getByRole('button', { name: 'Close' }).click();

async function open(page, address) {
  const heard = hears(page);
  await page.goto(address);
  await heard;
}

test('breaking news and kills reach every reader', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const quay = await paper.publish('quay.xml', item('quay'));
  const pier = await paper.publish('pier.xml', item('pier'));
  for (let i = 0; i < 12; i++) await paper.publish(`o${i}.xml`, item(`o${i}`));
  const run = await paper.publish('run.xml', item('run'));
  await paper.does('live', 'add', run, '--headline', 'The first entry');
  await paper.does('live', 'add', run, '--headline', 'The second entry');
  const b = await browser(t);
  const desk = await signedIn(b, server);
  const change = async (line, how = 'It was wrong: correct it') => {
    await desk.page.goto('/desk/breaking');
    await desk.page.getByLabel('The line').fill(line);
    await desk.page.getByRole('button', { name: how }).click();
    await desk.page.locator('.said[role=status]').waitFor();
  };

  await t.test('a line that was put away is not seen again, until it was wrong', async () => {
    await paper.does('breaking', '--story', quay, 'Sea wall holds');
    const { page, context, complain } = await visit(b, server, phone);
    await page.addInitScript(() => {
      window.shown = 0;
      const look = () => { window.shown += document.querySelectorAll('.breaking').length; requestAnimationFrame(look); };
      requestAnimationFrame(look);
    });
    await open(page, '/');
    await close(page);
    for (let i = 0; i < 3; i++) {
      await open(page, '/');
      assert.equal(await page.evaluate(() => window.shown), 0, 'in no frame');
    }
    const latest = await visit(b, server, desktop);
    await open(latest.page, '/');
    await change('Sea wall holds, says the harbour', 'More is known: change it');
    await bar(latest.page).getByText('says the harbour').waitFor();
    assert.match(await bar(latest.page).innerText(), /Breaking\s+Sea wall holds, says/);
    await open(page, '/');
    assert.equal(await page.evaluate(() => window.shown), 0, 'more words are no reason to come back');
    await open(page, await paper.address(pier));
    await open(latest.page, '/latest');
    await change('Sea wall broke');
    await bar(page).waitFor();
    assert.match(await bar(page).innerText(), /Corrected:\s+Sea wall broke/);
    await close(page);
    await open(page, '/');
    assert.equal(await page.evaluate(() => window.shown), 0, 'once');

    await paper.does('correct', quay, '--reason', 'It was the quay.', '--headline', 'Quay broke, not the wall');
    await bar(page).waitFor();
    assert.match(await bar(page).innerText(), /Corrected:\s+Quay broke, not the wall/);
    await bar(latest.page).getByText('Quay broke, not the wall').waitFor();
    latest.complain();
    await latest.context.close();
    const plain = await visit(b, server, { ...phone, javaScriptEnabled: false });
    await plain.page.goto('/');
    assert.match(await bar(plain.page).innerText(), /Corrected:\s+Quay broke, not the wall/);
    await plain.context.close();
    await paper.does('breaking', '--end');
    await bar(page).waitFor({ state: 'detached' });
    complain();
    await context.close();
  });

  await t.test('who asked for less motion hears it all; what is new waits behind a button', async () => {
    const list = await visit(b, server, { ...desktop, reducedMotion: 'reduce' }), story = await visit(b, server, { ...desktop, reducedMotion: 'reduce' });
    await open(list.page, '/latest');
    await open(story.page, await paper.address(pier));
    await paper.does('breaking', '--story', pier, 'It breaks');
    await bar(list.page).waitFor();
    await bar(story.page).waitFor();
    await paper.publish('calm.xml', item('calm'));
    await list.page.getByRole('button', { name: '1 new story' }).waitFor();
    assert.equal(await list.page.getByText('Story calm').count(), 0);
    await paper.does('correct', pier, '--reason', 'It was the slip.', '--headline', 'Slip');
    await story.page.locator('.live-note', { hasText: 'It was the slip.' }).waitFor();
    await open(story.page, await paper.address(run));
    await paper.does('live', 'add', run, '--headline', 'The third entry');
    await story.page.getByRole('button', { name: '1 new entry' }).waitFor();
    assert.equal(await story.page.getByRole('heading', { name: 'The third entry' }).count(), 0);
    await paper.does('breaking', '--end');
    await bar(list.page).waitFor({ state: 'detached' });
    for (const one of [list, story]) { one.complain(); await one.context.close(); }
  });

  await t.test('a page that is paused hears of nothing but what must not stand on it', async () => {
    const wrong = await paper.publish('wrong.xml', item('wrong'));
    const { page, context, complain } = await visit(b, server, desktop), read = await context.newPage(), live = await context.newPage();
    await open(page, '/latest');
    const paused = page.waitForRequest(/\/live\/site\?/);
    await page.locator('.still').click();
    await paused;
    await paper.does('breaking', '--story', wrong, 'Wrong and libellous');
    await page.goto('/latest');
    await bar(page).waitFor();
    await paper.does('breaking', '--story', pier, 'Another line');
    await read.goto(await paper.address(wrong));
    await live.goto(await paper.address(run));
    await paper.does('correct', wrong, '--reason', 'x', '--headline', 'Still wrong');
    await paper.does('live', 'add', run, '--headline', 'The fourth entry');
    await paper.publish('later.xml', item('later'));
    await paper.does('live', 'withdraw', run, '1');
    await paper.does('kill', wrong, '--reason', 'x');
    await read.getByRole('heading', { name: 'This story was taken down' }).waitFor();
    await page.locator('main .live-gone').waitFor();
    await live.getByRole('heading', { name: 'The first entry' }).waitFor({ state: 'detached' });
    assert.equal(await bar(page).count(), 0, 'nor the line that led to it');
    assert.doesNotMatch(await page.evaluate(() => document.body.innerText), /Story wrong|Story later|Another line|libellous/);
    assert.equal(await live.locator('.live > *').count(), 0);
    assert.equal(await live.getByRole('heading', { name: 'The fourth entry' }).count(), 0);
    await page.reload();
    await close(page);
    assert.equal(await bar(page).count(), 0, 'it can be put away while all stands still');
    await live.locator('.still').click();
    await live.getByRole('heading', { name: 'The fourth entry' }).waitFor();
    await page.getByRole('link', { name: 'Story later' }).first().waitFor();
    await paper.does('breaking', '--end');
    complain();
    await context.close();
  });

  await t.test('in three tabs a story breaks, is updated, corrected and killed at the desk', async () => {
    const { page: front, context, complain } = await visit(b, server, desktop), story = await context.newPage(), latest = await context.newPage();
    const id = await paper.publish('ferry.xml', item('ferry')), address = await paper.address(id), at = desk.page, here = `/desk/stories/${id}`;
    await open(front, '/');
    await story.goto(address);
    await latest.goto('/latest');
    const tabs = [front, story, latest];
    await at.goto(here);
    await at.getByRole('link', { name: 'Tell it as breaking news' }).click();
    await at.getByLabel('The line').fill('Ferry aground');
    await at.getByRole('button', { name: 'Tell every open page' }).click();
    for (const one of tabs) await bar(one).getByText('Ferry aground').waitFor();

    await at.goto(`${here}/edit`);
    await ready(at);
    await at.locator('.ed-body p').first().click();
    await at.keyboard.type('All are safe. ');
    await eventually('the paper has it', async () => /All are safe\./.test(JSON.stringify(await kept(at, id))));
    await at.goto(here);
    await at.locator('#what-is-new').fill('All are safe.');
    await at.getByRole('button', { name: 'Publish it' }).click();
    const note = story.locator('.live-note');
    await note.waitFor();
    assert.match(await note.innerText(), /updated\. All are safe\./);
    assert.equal(await note.getByRole('link', { name: 'What changed' }).getAttribute('href'), `${address}/history`);

    await at.goto(here);
    await at.locator('summary', { hasText: /^Correct$/ }).click();
    await at.locator('#wrong-was').fill('It was not the ferry.');
    await at.locator('#headline').fill('Tug aground');
    await at.getByRole('button', { name: 'Publish the correction' }).click();
    for (const one of tabs) await bar(one).getByText('Tug aground').waitFor();
    await eventually('the correction is told', async () => /corrected\. It was not the ferry\./.test(await note.innerText()));
    for (const one of [front, latest]) await one.locator('main').getByText('Tug aground').first().waitFor();

    await at.goto(here);
    await at.getByRole('link', { name: 'Kill this story' }).click();
    await at.waitForLoadState();
    if (/\/desk\/prove/.test(at.url())) {
      await at.locator('[name=password]').fill(password);
      await at.getByRole('button', { name: 'Go on' }).click();
    }
    await at.locator('main [name=reason]').fill('An injunction.');
    await at.locator('[name=sure]').check();
    await at.locator('main form button').last().click();
    await story.getByRole('heading', { name: 'This story was taken down' }).waitFor();
    for (const one of tabs) await bar(one).waitFor({ state: 'detached' });
    for (const one of tabs) await eventually('not a word of it stays', async () => !/Tug|Ferry/i.test(await one.evaluate(() => document.title + document.body.innerText)));
    assert.equal((await server.get(`${address}/history`)).status, 410);
    complain();
    await context.close();
  });
});
