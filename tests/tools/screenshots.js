// screenshots.js FOLDER [KIND...] - pictures of the sample edition as readers see it: each kind of page on a
// telephone, on a desk and in the dark, each picture at most 60 KB.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { pageKinds } from '../lib/browser.js';
import { request } from '../lib/http.js';
import { binary, root } from '../lib/paper.js';

const MOST = 60_000;
const ALIKE = new Set(['search-none', 'search-notices', 'running-oldest', 'entry', 'entry-card', 'lite-running', 'lite-entry', 'lite-archive', 'privacy', 'lite-search', 'lite-today', 'notices-past', 'lite-notices', 'lite-notice', 'lite-place', 'story-sound', 'author-written', 'picture-middle', 'lite-section', 'lite-contact', 'lite-history', 'lite-gallery', 'lite-picture', 'story-quote', 'story-list']);
const SHOWN = { 'story-film': 'figure.video', 'story-table': '.table-scroll', 'story-gallery': '.gallery.apart' }; // further down
const folder = path.resolve(process.argv[2] ?? 'docs/pictures');
const only = process.argv.slice(3);
const data = await fs.mkdtemp(path.join(os.tmpdir(), 'broadsheet-pictures-'));
const kept = path.join(root, 'build/sample-media');  // widths of the sample's pictures, from a run of the tests
if (existsSync(kept)) await fs.cp(kept, path.join(data, 'media'), { recursive: true });
const server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--sample', '--quiet'], { stdio: ['ignore', 'pipe', 'ignore'] });
const ended = new Promise((resolve) => server.on('close', resolve));
let said = '';
const address = await new Promise((resolve, reject) => {
  server.stdout.on('data', (s) => { said += s; const at = /at (http:\/\/\S+)/.exec(said); if (at) resolve(at[1].replace(/\/$/, '')); });
  ended.then(() => reject(new Error('the server ended')));
});
const link = /^http:\S+\/desk\/welcome\/\S+$/m;
const port = Number(new URL(address).port);

const desktop = { viewport: { width: 1280, height: 900 } };
const faces = {
  desktop,
  dark: { ...desktop, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true },
};

/** What is in the window has come and can be drawn, pictures too. */
const settled = async () => {
  const seen = [...document.images].filter((i) => {
    const box = i.getBoundingClientRect();
    return box.top < innerHeight && box.bottom > 0 && box.width > 0;
  });
  await Promise.all(seen.map((i) => i.decode()));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
};

async function keep(page, name) {
  for (let quality = 80; ; quality -= 10) {
    const bytes = await page.screenshot({ type: 'jpeg', quality });
    if (bytes.length > MOST && quality > 20) continue;
    await fs.writeFile(path.join(folder, `${name}.jpg`), bytes);
    console.log(`${name}.jpg: ${Math.round(bytes.length / 1000)} KB`);
    return;
  }
}

/** A square is being cropped. */
async function drawCrop(page) {
  await page.click('#crop-square summary');
  await page.focus('#crop-square .crop-frame');
  for (let i = 0; i < 20; i++) await page.keyboard.press('Shift+ArrowLeft');
  await page.locator('#crops').evaluate((title) => title.scrollIntoView());
}

/** What the paper has in hand: headline, section, days until it is wished for, how far it is, whether it is hers. */
const PLANS = [
  ['Who winds the harbour clock', 'Island news', 0, 'idea', true],
  ['What a ferry costs to run in winter', 'Business', 0, 'idea', false],
  ['Twelve hives on the roof of the school', 'Science and nature', 2, 'draft', true],
  ['The lamplighter\u2019s last round', 'Culture', 3, 'copy-edit', false],
  ['The council votes on the breakwater', 'Politics', 1, 'ready', false],
];

async function plan(page) {
  for (const [headline, section, days, stage, isHers] of PLANS) {
    await page.goto('/desk/board');
    await page.fill('#idea', headline);
    await page.selectOption('#idea-section', { label: section });
    if (isHers) await page.selectOption('#idea-who', { label: 'Nell Varley' });
    await page.click('.filter-idea button');
    const wish = days ? `${new Date(Date.now() + days * 864e5).toISOString().slice(0, 10)}T07:30` : '';
    const href = await page.getByRole('link', { name: headline }).getAttribute('href');
    const status = await page.evaluate(async ([where, fields]) => {
      const token = document.querySelector('[name=token]').value;
      return (await fetch(where, { method: 'POST', body: new URLSearchParams({ ...fields, token }) })).status;
    }, [`${href}/plan`, { stage, wish }]);
    if (status !== 200) throw new Error(`${headline}: ${status}`);
  }
}

/** The newsroom, as somebody of the paper sees it. */
async function desk(browser) {
  const kinds = { 'desk-home': '/desk', 'desk-stories': '/desk/stories', 'desk-story': '/desk/stories/5', 'desk-edit': '/desk/stories/5/edit', 'desk-front': '/desk/front', 'desk-pictures': '/desk/pictures', 'desk-picture': '/desk/pictures/14', 'desk-crop': '/desk/pictures/14', 'desk-wire': '/desk/wire/80', 'desk-staff': '/desk/staff', 'desk-log': '/desk/audit', 'desk-health': '/desk/health', 'desk-settings': '/desk/settings', 'desk-board': '/desk/board', 'desk-calendar': '/desk/calendar' };
  let storageState;
  for (const [face, options] of Object.entries(faces)) {
    const context = await browser.newContext({ baseURL: address, locale: 'en-GB', timezoneId: 'UTC', ...options, storageState });
    const page = await context.newPage();
    if (!storageState) {
      await page.goto(link.exec(said)[0]);
      for (const [name, value] of Object.entries({ name: 'Nell Varley', email: 'nell@fathom.example', password: 'seven grey gulls at noon' })) await page.fill(`[name=${name}]`, value);
      await page.click('main button');
      await page.waitForURL(/\/desk$/);
      storageState = await context.storageState();
      await plan(page);
      await page.mouse.move(0, 0);
    }
    for (const [kind, where] of Object.entries(kinds)) {
      if (only.length && !only.includes(kind)) continue;
      await page.goto(where);
      if (kind === 'desk-edit') {
        await page.waitForSelector('#editor[data-ready]');
        await page.evaluate(settled);
      }
      if (kind === 'desk-crop') await drawCrop(page);
      await keep(page, `${kind}-${face}`);
    }
    await context.close();
  }
}

try {
  const { kinds } = await pageKinds({ get: (where, options) => request(port, where, options) });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'] });
  await fs.mkdir(folder, { recursive: true });
  for (const [face, options] of Object.entries(faces)) {
    const context = await browser.newContext({ baseURL: address, locale: 'en-GB', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    for (const [kind, where] of Object.entries(kinds)) {
      if (ALIKE.has(kind) || (kind.startsWith('lite-') && face !== 'phone')) continue;
      if (only.length && !only.includes(kind)) continue;
      await page.goto(where);
      if (SHOWN[kind]) await page.locator(SHOWN[kind]).first().evaluate((e) => e.scrollIntoView({ block: 'center' }));
      await page.evaluate(settled);
      await keep(page, `${kind}-${face}`);
    }
    await context.close();
  }
  await desk(browser);
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await ended;
  await fs.rm(data, { recursive: true, force: true });
}
