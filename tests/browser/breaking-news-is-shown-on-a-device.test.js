// What comes by push is shown by the service worker, in the place of what was shown before; the
// button stands where the browser can.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, eventually } from '../lib/paper.js';

test('breaking news is shown on a device', async (t) => {
  const paper = await emptyPaper(t);
  const story = await paper.publish('one.xml', newsml({ guid: 'urn:newsml:tests.example:push', headline: 'The wall has held' }));
  const path = await paper.address(story);
  const server = await paper.serve('--quiet');
  const b = await browser(t);
  const { page, context, complain } = await visit(b, server, { serviceWorkers: 'allow' });
  await context.grantPermissions(['notifications'], { origin: server.address });

  const cdp = await context.newCDPSession(page);
  const workers = [];
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => workers.push(...registrations));
  await cdp.send('ServiceWorker.enable');
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const button = page.locator('.push');
  await eventually('the button', () => button.isVisible());
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  assert.equal(await button.textContent(), 'Tell me breaking news on this device');

  const { registrationId } = await eventually('the worker', () => workers.find((w) => w.scopeURL === `${server.address}/`));
  const deliver = (word) => cdp.send('ServiceWorker.deliverPushMessage', { origin: server.address, registrationId, data: JSON.stringify(word) });
  const shown = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, data, silent }) => ({ title, body, tag, data, silent })));

  await deliver({ tag: 'breaking-1', title: 'The Fathom', body: 'The wall has held', path, silent: false });
  await eventually('it is shown', async () => (await shown()).length === 1);
  assert.deepEqual(await shown(), [{ title: 'The Fathom', body: 'The wall has held', tag: 'breaking-1', data: path, silent: false }]);
  await deliver({ tag: 'breaking-1', title: 'The Fathom', body: 'We have taken this news back.', path: '/', silent: true });
  await eventually('it is replaced', async () => (await shown())[0]?.body === 'We have taken this news back.');
  assert.equal((await shown()).length, 1);
  complain();

  const plain = await visit(b, server, { javaScriptEnabled: false });
  await plain.page.goto('/');
  assert.equal(await plain.page.locator('.push').isVisible(), false, 'with script off it is not there');
});
