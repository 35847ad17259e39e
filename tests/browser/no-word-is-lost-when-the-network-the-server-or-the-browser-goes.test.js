// Whatever goes while somebody writes - the network, the server (kill -9), the browser (kill -9) - the text
// is there on return, on the device first and with the paper as soon as it answers.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { test } from 'node:test';

import { chromium } from 'playwright-core';

import { browser } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { eventually, finallyDo, samplePaper, temporaryFolder } from '../lib/paper.js';
import { kept, long, newStory, outline, ready, saved, signedIn } from '../lib/writing.js';

const isAway = (page) => page.waitForFunction(() => document.querySelector('.ed-state').dataset.is === 'away', null, { timeout: long });
const textOf = async (page, id) => outline((await kept(page, id)).copy.body).join('\n');
/** The journal of this device has these words. */
const journalled = (page, words) => eventually('it is in the journal', () => page.evaluate((wanted) => new Promise((resolve) => {
  const asked = indexedDB.open('broadsheet-desk', 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction('journal').objectStore('journal').getAll();
    all.onsuccess = () => { asked.result.close(); resolve(all.result.some((r) => r.text.includes(wanted))); };
  };
}), words));

test('no word is lost when the network or the server goes', async (t) => {
  const paper = await samplePaper(t);
  let server = await paper.serve('--quiet');
  const { port } = server;
  const { page, context } = await signedIn(await browser(t), server);
  const id = await newStory(page);
  await page.fill('#head-headline', 'A storm');
  await page.focus('.ed-body');
  await page.keyboard.type('Before the storm.');
  await saved(page);

  await t.test('the network is cut: it says so, one goes on, and it comes back by itself', async () => {
    await context.setOffline(true);
    await page.keyboard.press('Enter');
    await page.keyboard.type('In the tunnel.');
    await isAway(page);
    assert.match(await page.textContent('.ed-state'), /On this device only/);
    await page.keyboard.type(' Still in it.');
    await context.setOffline(false);
    await saved(page);
    assert.match(await textOf(page, id), /In the tunnel\. Still in it\./);
  });

  await t.test('the paper has no time: a look says nothing, and what is written waits here', async () => {
    let looks = 0, saves = 0, isBusy = true;
    const refuse = (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, contentType: 'text/plain', body: 'Service Unavailable\n' });
    await context.route(`**/desk/stories/${id}/copy*`, (route) => {
      const isLook = route.request().method() === 'GET';
      if (isLook) looks++; else saves++;
      return isLook || isBusy ? refuse(route) : route.continue();
    });
    await eventually('it has looked', () => looks > 1);
    assert.equal(await page.getAttribute('.ed-state', 'data-is'), 'saved');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Too many readers.');
    await isAway(page);
    await journalled(page, 'Too many readers.');
    isBusy = false;
    await saved(page);
    assert.ok(saves > 1);
    assert.match(await textOf(page, id), /Too many readers\./);
    await context.unroute(`**/desk/stories/${id}/copy*`);
  });

  await t.test('the network is cut and the window is closed: on return the text is there', async () => {
    await context.setOffline(true);
    await page.keyboard.press('Enter');
    await page.keyboard.type('Closed in the tunnel.');
    await journalled(page, 'Closed in the tunnel.');
    const other = await context.newPage();
    await page.close();
    await context.setOffline(false);
    await other.goto(`/desk/stories/${id}/edit`);
    await ready(other);
    await other.waitForSelector('.ed-notice >> text=not saved is back');
    assert.match(await other.textContent('.ed-body'), /Closed in the tunnel\./);
    await saved(other);
    await eventually('the paper has it', async () => /Closed in the tunnel\./.test(await textOf(other, id)));
    await other.close();
  });

  await t.test('the server is killed while one types: nothing is lost, and it goes on where it was', async () => {
    const writer = await context.newPage();
    writer.setDefaultTimeout(long);
    await writer.goto(`/desk/stories/${id}/edit`);
    await ready(writer);
    await writer.focus('.ed-body');
    await writer.keyboard.press('Control+End');
    await writer.keyboard.press('Enter');
    await writer.keyboard.type('The server ');
    server.child.kill('SIGKILL');
    await server.ended;
    await writer.keyboard.type('is gone in the middle of a sentence.');
    await isAway(writer);
    server = await paper.serve('--quiet', '--listen', `127.0.0.1:${port}`);
    await saved(writer);
    assert.match(await textOf(writer, id), /The server is gone in the middle of a sentence\./);
    await writer.keyboard.press('Control+z');
    await writer.keyboard.press('Control+z');
    assert.doesNotMatch(await writer.textContent('.ed-body'), /middle of a sentence/, 'and can be undone');
    await saved(writer);
  });
});

test('no word is lost when the browser is killed', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet'), profile = await temporaryFolder(t);
  const begin = async () => {
    const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', baseURL: server.address,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage'], viewport: { width: 1280, height: 900 } });
    finallyDo(t, () => context.close().catch(() => {}));
    return context;
  };
  const first = await begin();
  const { page } = await signedInPersistent(first, server);
  const id = await newStory(page);
  await page.focus('.ed-body');
  await page.keyboard.type('Known to the paper.');
  await saved(page);
  await first.setOffline(true);
  await page.keyboard.type(' Known to this device alone.');
  await journalled(page, 'device alone.');
  const pids = await browserOf(profile);
  process.kill(pids[0], 'SIGKILL');
  // what it has begun goes after it, each by itself, and holds what is in the profile until then
  await eventually('the browser is gone', async () => !(await processes()).some((p) => pids.includes(p.pid)), { within: long });

  const second = await begin();
  const again = await second.newPage();
  again.setDefaultTimeout(long);
  await again.goto(`/desk/stories/${id}/edit`);
  if (/sign-in/.test(again.url())) { // cookies of the minute before are the browser's own matter
    await again.fill('[name=email]', 'ada@paper.example');
    await again.fill('[name=password]', 'seven grey gulls at noon');
    await again.click('main button');
    await again.waitForURL(/\/edit$|\/desk$/);
    await again.goto(`/desk/stories/${id}/edit`);
  }
  await ready(again);
  await again.waitForSelector('.ed-notice >> text=not saved is back');
  assert.match(await again.textContent('.ed-body'), /Known to the paper\. Known to this device alone\./);
  await saved(again);
  assert.match(await textOf(again, id), /Known to this device alone\./);
});

/** Each process: { pid, parent, words of its command line }. */
async function processes() {
  const read = (pid, name) => fs.readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const all = await Promise.all((await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(async (pid) => {
    const [, state, parent] = /\) (\w) (\d+)/.exec(await read(pid, 'stat')) ?? [];
    return { pid: Number(pid), parent: Number(parent), lives: !!state && state !== 'Z', words: (await read(pid, 'cmdline')).split(/[\0 ]/) };
  }));
  return all.filter((p) => p.lives);
}

/** The browser that keeps this profile, and all that it has begun. */
async function browserOf(profile) {
  const all = await processes(), first = all.find((p) => p.words.includes(`--user-data-dir=${profile}`) && !p.words.some((w) => w.startsWith('--type=')));
  assert.ok(first, 'a browser has this profile');
  const pids = new Set([first.pid]);
  for (let before = 0; before !== pids.size;) {
    before = pids.size;
    for (const p of all) if (pids.has(p.parent)) pids.add(p.pid);
  }
  return [...pids];
}

async function signedInPersistent(context, server) {
  const page = await context.newPage();
  page.setDefaultTimeout(long);
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`[name=${name}]`, value);
  await page.click('main button');
  await page.waitForURL(/\/desk$/);
  return { page };
}
