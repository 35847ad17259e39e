// A real browser over TLS and HTTP/2, with nothing in front of the paper: it reads, signs in, sends a picture.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { test } from 'node:test';

import { browser, visit } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { eventually, patience, samplePaper } from '../lib/paper.js';
import { noise } from '../lib/pictures.js';
import { certificate, words } from '../lib/tls.js';

test('a paper is read and worked on over HTTP/2', async (t) => {
  const paper = await samplePaper(t);
  const cert = certificate(paper.folder, 'paper', ['paper.example']);
  const server = await paper.serve('--quiet', ...words(cert));
  // this certificate alone is trusted
  const pin = createHash('sha256').update(new X509Certificate(cert.pem).publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
  const address = `https://paper.example:${server.securePort}`;
  const b = await browser(t, [`--ignore-certificate-errors-spki-list=${pin}`, '--host-resolver-rules=MAP paper.example 127.0.0.1']);
  const { page, complain } = await visit(b, { address }, { reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000 * patience);

  await page.goto('/', { waitUntil: 'load' });
  const all = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((e) => [e.nextHopProtocol, e.name]));
  assert.ok(all.length > 5);
  assert.deepEqual(all.filter(([protocol]) => protocol !== 'h2'), []);
  assert.equal(await page.evaluate(() => isSecureContext), true);
  assert.ok(await page.evaluate(() => [...document.images].filter((i) => i.loading !== 'lazy').every((i) => i.complete && i.naturalWidth > 0)));
  await page.click('main h2 a, main h3 a');
  await page.waitForSelector('article h1');
  complain();

  const link = new URL(firstLink(server));
  await page.goto(link.pathname);
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`#${name}`, value);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
  const cookies = await page.context().cookies();
  assert.ok(cookies.some((c) => c.name.startsWith('__Host-') && c.secure), JSON.stringify(cookies));
  await page.goto('/desk/pictures');
  await page.setInputFiles('input[type=file]', { name: 'Kutter.png', mimeType: 'image/png', buffer: noise(1300, 1100, 3) });
  const send = page.locator('.drop-send');
  if (await send.isVisible()) await send.click();
  await eventually('it is taken in', async () => (await page.locator('.wall .tile-name').allTextContents()).includes('Kutter.png'), { within: 60_000 * patience });
  complain();
});
