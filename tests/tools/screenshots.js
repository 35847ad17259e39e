// screenshots.js FOLDER - pictures of the sample edition as readers see it, each at most 300 KB.
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { binary } from '../lib/paper.js';

const MOST = 300_000;
const folder = path.resolve(process.argv[2] ?? 'docs/pictures');
const data = await fs.mkdtemp(path.join(os.tmpdir(), 'broadsheet-pictures-'));
const server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--sample', '--quiet'], { stdio: ['ignore', 'pipe', 'ignore'] });
const ended = new Promise((resolve) => server.on('close', resolve));
const address = await new Promise((resolve, reject) => {
  let said = '';
  server.stdout.on('data', (s) => { said += s; const at = /at (http:\/\/\S+)/.exec(said); if (at) resolve(at[1].replace(/\/$/, '')); });
  ended.then(() => reject(new Error('the server ended')));
});

const desktop = { viewport: { width: 1280, height: 1000 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true };
const front = '/';
const faces = [
  ['front-desktop', front, desktop], ['front-dark', front, { ...desktop, colorScheme: 'dark' }], ['front-phone', front, phone],
  ['story-desktop', 'story', desktop], ['story-dark', 'story', { ...desktop, colorScheme: 'dark' }], ['story-phone', 'story', phone],
];

try {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'] });
  let story;
  await fs.mkdir(folder, { recursive: true });
  for (const [name, where, options] of faces) {
    const context = await browser.newContext({ baseURL: address, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    await page.goto(front);
    story ??= await page.locator('.lead h2 a').getAttribute('href');
    await page.goto(where === 'story' ? story : front);
    await page.waitForFunction(() => [...document.images].every((i) => {
      const box = i.getBoundingClientRect();
      return box.top > innerHeight || box.width === 0 || (i.complete && i.naturalWidth > 0);
    }));
    await page.waitForLoadState('networkidle');
    for (let quality = 85; quality >= 40; quality -= 15) {
      const bytes = await page.screenshot({ type: 'jpeg', quality });
      if (bytes.length > MOST && quality > 40) continue;
      await fs.writeFile(path.join(folder, `${name}.jpg`), bytes);
      console.log(`${name}.jpg: ${Math.round(bytes.length / 1000)} KB`);
      break;
    }
    await context.close();
  }
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await ended;
  await fs.rm(data, { recursive: true, force: true });
}
