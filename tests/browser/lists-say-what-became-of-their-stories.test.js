import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, eventually } from '../lib/paper.js';

const item = (name) => newsml({ guid: `urn:newsml:tests.example:20261101:${name}`, headline: `Story ${name}`, body: '<p>Words.</p>' });
const top = (link) => link.evaluate((one) => one.getBoundingClientRect().top);

test('lists say what became of their stories, and nothing that is read moves', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const [high, mid, low] = [await paper.publish('a.xml', item('high')), await paper.publish('b.xml', item('mid')), await paper.publish('c.xml', item('low'))];
  for (let i = 0; i < 12; i++) await paper.publish(`o${i}.xml`, item(`${i}`));
  const { page, complain } = await visit(await browser(t), server, phone);
  const heard = page.waitForResponse((answer) => answer.url().includes('/live/') && answer.status() === 200);
  await page.goto('/latest');
  await heard;
  const link = (name) => page.locator('main').getByRole('link', { name, exact: true }).first();
  await link('Story mid').evaluate((one) => scrollTo(0, scrollY + one.getBoundingClientRect().top - 300));
  const more = page.locator('.live-more');

  await t.test('a headline of the same height is changed in place', async () => {
    const place = await top(link('Story mid'));
    await paper.does('correct', high, '--reason', 'It was the tide.', '--headline', 'Story tide');
    await link('Story tide').waitFor({ state: 'attached' });
    assert.equal(await link('Story high').count(), 0);
    assert.equal(await top(link('Story mid')), place);
    assert.equal(await more.count(), 0);
  });

  await t.test('one that would push what is read is offered', async () => {
    await link('Story low').evaluate((one) => scrollTo(0, scrollY + one.getBoundingClientRect().top - 100));
    const place = await top(link('Story mid'));
    await paper.does('correct', low, '--reason', 'It was longer.', '--headline', `Story ${'of a very long headline '.repeat(9)}`.trim());
    await page.getByRole('button', { name: 'There is something new' }).waitFor();
    assert.equal(await top(link('Story mid')), place);
  });

  await t.test('what came and was killed is not counted', async () => {
    const one = await paper.publish('n1.xml', item('new one')), two = await paper.publish('n2.xml', item('new two'));
    await page.getByRole('button', { name: '2 new stories' }).waitFor();
    await paper.does('kill', two, '--reason', 'An injunction.');
    await page.getByRole('button', { name: '1 new story' }).waitFor();
    await paper.does('kill', one, '--reason', 'An injunction.');
    await page.getByRole('button', { name: /new stor/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'There is something new' }).click();
    await eventually('the long headline is there', async () => await page.getByRole('link', { name: /^Story of a very long/ }).count() > 0);
    assert.equal(await more.count(), 0);
  });
  complain();
});
