// A story taken from the wire by keyboard alone: newer copy comes while one writes and is put in by one key,
// what both have changed is asked; then the agency kills it, and that is loud.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { browser, phone, picture } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper } from '../lib/paper.js';
import { kept, long, ready, saved, signedIn } from '../lib/writing.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const text = (copy) => copy.body.blocks.map((b) => (b.spans ?? []).map((s) => s.text).join(''));

async function pleasesAxe(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => `${v.id}: ${v.nodes[0].target}: ${v.nodes[0].failureSummary}`));
  assert.deepEqual(found, []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, 'nothing is wider than the page');
}

test('newer copy of the wire is put into a story by one key, and a kill is loud', async (t) => {
  const paper = await emptyPaper(t), server = await paper.serve('--quiet'), b = await browser(t);
  const ingest = async (version, paragraphs, more = {}) => {
    const file = `${version}.xml`;
    await paper.copy(file, newsml({ guid: 'urn:newsml:tests.example:ferry', version, headline: 'The ferry sails again', body: paragraphs.map((p) => `<p>${p}</p>`).join(''), ...more }));
    await paper.command('ingest', `${paper.folder}/copy/${file}`);
  };
  const first = ['The ferry sails again on Monday morning from the east pier.', 'Tickets are sold at the pier.', 'The weather is fair.'];
  await ingest(1, first);
  const { page, complain } = await signedIn(b, server, { reducedMotion: 'reduce' });
  page.expects = [409];

  // by key: the next one, open it, take it
  await page.goto('/desk/wire');
  await page.keyboard.press('j');
  await page.waitForFunction(() => document.querySelector('#item').textContent.includes('Tickets are sold') && !document.querySelector('#item').hasAttribute('aria-busy'));
  await page.keyboard.press('t');
  await page.waitForURL(/\/desk\/stories\/\d+\/edit$/);
  await ready(page);
  const id = Number(/stories\/(\d+)/.exec(page.url())[1]);
  assert.match(await page.textContent('#from-wire'), /From the wire: Tests The ferry sails again, version 1/);
  const write = async (n, words) => {
    await page.focus('.ed-body');
    await page.evaluate((i) => { const range = document.createRange(); range.selectNodeContents(document.querySelectorAll('.ed-body > p')[i]); range.collapse(false); getSelection().removeAllRanges(); getSelection().addRange(range); }, n);
    await page.waitForTimeout(0); // the editor hears of it
    await page.keyboard.type(words);
    await saved(page);
  };
  await write(1, ' Cash alone.');

  // newer copy comes while one writes: it says so, with what has changed, and nothing moves by itself
  const second = [first[0].replace('Monday', 'Tuesday'), first[1], first[2], 'It was built in 1961.'];
  await ingest(2, second);
  await page.waitForSelector('#from-wire .is-newer', { timeout: long });
  assert.equal(await page.textContent('#from-wire del >> nth=0'), 'Removed: Monday (end of what was removed)');
  await pleasesAxe(page);
  await picture(page, 'from-wire-editor');
  await page.setViewportSize({ width: 390, height: 844 });
  await pleasesAxe(page);
  await picture(page, 'from-wire-editor-phone');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.focus('.ed-body');
  await page.keyboard.press('Control+Alt+m');
  await page.waitForFunction(() => document.querySelector('.ed-body').textContent.includes('Tuesday'), null, { timeout: long });
  await page.waitForFunction(() => !document.querySelector('#from-wire .is-newer') && document.querySelector('#from-wire').textContent.includes('version 2'), null, { timeout: long });
  const together = [second[0], `${first[1]} Cash alone.`, second[2], second[3]];
  assert.deepEqual(text((await kept(page, id)).copy), together);

  // the same words changed by both: they are asked, and both are shown
  await write(3, ' In Bergen.');
  await ingest(3, [...second.slice(0, 3), 'It was built in 1961. In Oslo.']);
  await page.waitForSelector('#from-wire .is-newer', { timeout: long });
  await page.click('#from-wire .from-wire-merge button');
  const dialog = page.locator('dialog.is-asking');
  await dialog.waitFor({ timeout: long });
  assert.match(await dialog.textContent(), /In Bergen\..*In Oslo\./s);
  await dialog.locator('input[value=theirs]').check();
  await dialog.locator('button.ed-main').click();
  await page.waitForFunction(() => document.querySelector('.ed-body').textContent.includes('Oslo') && !document.querySelector('.ed-body').textContent.includes('Bergen'), null, { timeout: long });
  await saved(page);

  // left out in the editor: what is written stays, and it asks no more
  await ingest(4, [...second.slice(0, 3), 'It was built in 1961. In Oslo.', 'It has a bar.']);
  await page.waitForSelector('#from-wire .is-newer', { timeout: long });
  const whole = text((await kept(page, id)).copy);
  await page.click('#from-wire button[value=leave]');
  await page.waitForFunction(() => !document.querySelector('#from-wire .is-newer'), null, { timeout: long });
  assert.deepEqual(text((await kept(page, id)).copy), whole);

  // on the story's page the key is m
  await ingest(5, [...second.slice(0, 2), 'The weather is grey.', 'It was built in 1961. In Oslo.', 'It has a bar.']);
  await page.goto(`/desk/stories/${id}`);
  await page.waitForSelector('.from-wire.is-newer');
  await pleasesAxe(page);
  await picture(page, 'from-wire-story');
  await page.keyboard.press('m');
  await page.locator('.said', { hasText: 'Put together.' }).waitFor();
  assert.match(text((await kept(page, id)).copy)[2], /grey/);
  assert.equal(text((await kept(page, id)).copy).length, whole.length, 'what was left out stays out');

  // script off, on a telephone: the notice, the comparison and the button are there
  await ingest(6, [...second.slice(0, 2), 'The weather is fine.', 'It was built in 1961. In Oslo.']);
  const off = await b.newContext({ ...phone, baseURL: server.address, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const small = await off.newPage();
  await small.goto(`/desk/stories/${id}/edit`);
  assert.match(await small.textContent('#from-wire'), /Newer copy has come.*fine/s);
  await picture(small, 'from-wire-phone');
  await small.click('.from-wire-merge button');
  await small.locator('.said', { hasText: 'Put together.' }).waitFor();

  // the agency kills it while somebody writes
  await page.goto(`/desk/stories/${id}/edit`);
  await ready(page);
  await ingest(7, first, { status: 'canceled' });
  const alert = page.locator('#from-wire [role=alert]', { hasText: 'The agency has killed this' });
  await alert.waitFor({ timeout: long });
  assert.equal(await page.evaluate(() => document.querySelector('.ed-body').isContentEditable), false, 'nothing is written any more');
  await picture(page, 'from-wire-killed-editor');
  await page.goto(`/desk/stories/${id}`);
  await pleasesAxe(page);
  await picture(page, 'from-wire-killed');
  await page.goto('/desk');
  await page.locator('.alarms', { hasText: 'Killed: it must never be used.' }).waitFor();
  await pleasesAxe(page);
  await picture(page, 'from-wire-home');
  complain();
});
