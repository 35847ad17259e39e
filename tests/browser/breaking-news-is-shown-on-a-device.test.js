// What a reader chooses at the foot of a page comes to the device: the paper sends it sealed, and the
// service worker shows it in the place of what was shown before.  With script off that is said.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { makeSection, publisher } from '../lib/desk.js';
import { emptyPaper, eventually } from '../lib/paper.js';
import { Device, pushService, within } from '../lib/push.js';

/** In the page: subscriptions as a browser has them, at a push service that the test can see. */
function standIn(subscription) {
  const there = () => JSON.parse(sessionStorage.getItem('subscription'));
  const one = () => there() && { toJSON: there, unsubscribe: async () => sessionStorage.removeItem('subscription') };
  const pushManager = {
    getSubscription: async () => one(),
    subscribe: async ({ userVisibleOnly, applicationServerKey }) => {
      if (!userVisibleOnly || !/^B[\w-]{86}$/.test(applicationServerKey)) throw Error('no browser takes that');
      sessionStorage.setItem('subscription', JSON.stringify(subscription));
      return one();
    },
  };
  Object.defineProperty(ServiceWorkerRegistration.prototype, 'pushManager', { get: () => pushManager });
}

test('what a reader has chosen is shown on the device', async (t) => {
  const service = await pushService(t), device = new Device(service, 'browser');
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', '--ask-inside');
  await paper.does('settings', 'set', 'name', 'The Fathom');
  await makeSection(await publisher(server), { name: 'Sport', slug: 'sport', topics: '15000000' });
  const b = await browser(t);
  const { page, context, complain } = await visit(b, server, { serviceWorkers: 'allow' });
  await context.grantPermissions(['notifications'], { origin: server.address });
  await page.addInitScript(standIn, device.subscription);

  const cdp = await context.newCDPSession(page);
  const workers = [];
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => workers.push(...registrations));
  await cdp.send('ServiceWorker.enable');
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);

  const form = page.getByRole('group', { name: 'News on this device' });
  const button = form.getByRole('button', { name: 'Tell me on this device' });
  const breaking = form.getByRole('checkbox', { name: 'Breaking news' }), inSport = form.getByRole('checkbox', { name: 'Sport' });
  const says = (words) => eventually(words, async () => await form.getByRole('status').textContent() === words);
  const isTold = async () => await button.getAttribute('aria-pressed') === 'true';
  const publish = (n, code) => paper.publish(`${n}.xml`, newsml({ guid: `urn:newsml:tests.example:push-${n}`, headline: `Piece ${n} of the day`, subjects: code ? [{ code, name: 'x' }] : [] }));

  await t.test('boxes and a button stand at the foot, and nothing is told yet', async () => {
    await eventually('the form', () => form.isVisible());
    assert.deepEqual([await breaking.isChecked(), await inSport.isChecked(), await isTold()], [true, false, false]);
    await breaking.uncheck();
    await eventually('there is nothing to be told', () => button.isDisabled());
  });

  await t.test('a section is chosen, and a story there comes', async () => {
    await inSport.check();
    await button.click();
    await says('Your choice is kept.');
    assert.ok(await isTold());
    await publish(1);
    const story = await publish(2, '15000000');
    const [{ word }] = [await device.gets('the story', () => true)];
    assert.deepEqual(word, { tag: `story-${story}`, title: 'The Fathom · Sport', body: 'Piece 2 of the day', path: await paper.address(story), silent: false });
  });

  await t.test('the next visit shows what was chosen, and can change it', async () => {
    await page.reload();
    await eventually('the form', () => form.isVisible());
    assert.deepEqual([await breaking.isChecked(), await inSport.isChecked(), await isTold()], [false, true, true]);
    page.expects = [503];
    await context.route('**/push/subscribe', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await breaking.click();
    await says('That did not work. Please try again later.');
    assert.deepEqual([await breaking.isChecked(), await isTold()], [false, true], 'as it was');
    page.expects = []; // nothing more
    await breaking.check();
    await says('Your choice is kept.');
    await inSport.uncheck();
    await eventually('Sport is not told any more', async () => (await page.evaluate(() => localStorage.getItem('told'))) === '{"breaking":true,"sections":[]}');
    await publish(3, '15000000');
    await paper.does('breaking', 'The wall has held');
    await device.gets('breaking news', (m) => m.word.body === 'The wall has held');
    assert.equal(device.got.length, 2, 'and nothing else');
  });

  await t.test('it is told no more when nothing is chosen, or the button says so', async () => {
    await breaking.uncheck();
    await says('This device is told nothing more.');
    assert.ok(!await isTold());
    await breaking.check();
    await button.focus();
    await page.keyboard.press('Enter');
    await says('Your choice is kept.');
    assert.ok(await button.evaluate((one) => document.activeElement === one), 'the keyboard stays where it was');
    await page.keyboard.press('Enter');
    await says('This device is told nothing more.');
    const other = new Device(service, 'other');
    await page.evaluate((what) => fetch('/push/subscribe', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) }), other.subscription);
    await paper.does('breaking', 'Another line');
    await other.gets('another line', () => true);
    assert.equal(device.got.length, 2);
  });

  await t.test('what comes is shown, each in its place', async () => {
    const { registrationId } = await eventually('the worker', () => workers.find((w) => w.scopeURL === `${server.address}/`), within);
    const [worker] = context.serviceWorkers();
    await worker.evaluate(() => {
      const show = registration.showNotification;
      self.told = 0;
      registration.showNotification = async (...words) => { await show.apply(registration, words); self.told++; };
    });
    const told = () => worker.evaluate(() => self.told);
    const deliver = async (word) => {
      const before = await told();
      await cdp.send('ServiceWorker.deliverPushMessage', { origin: server.address, registrationId, data: JSON.stringify(word) });
      await eventually('the worker has shown it', async () => await told() > before, within); // Chromium forgets what is asked for while it is being shown
    };
    const shown = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, data, silent }) => ({ title, body, tag, data, silent })));
    const { word } = device.got[0], { path, ...rest } = word;

    await deliver(word);
    assert.deepEqual(await shown(), [{ ...rest, data: path }]);
    await deliver({ tag: 'breaking-7', instead: word.tag, title: 'The Fathom', body: 'The cup is lost', path, silent: false });
    await eventually('breaking news takes its place', async () => (await shown())[0]?.body === 'The cup is lost' && (await shown()).length === 1);
    await deliver({ tag: 'breaking-7', title: 'The Fathom', body: 'We have taken this news back.', path: '/', silent: true });
    await eventually('it is replaced', async () => (await shown())[0]?.body === 'We have taken this news back.');
    assert.equal((await shown()).length, 1);
    complain();
  });

  await t.test('with script off that is said, and there is no button', async () => {
    const plain = await visit(b, server, { javaScriptEnabled: false });
    await plain.page.goto('/');
    assert.equal(await plain.page.locator('.push').isVisible(), false);
    assert.match(await plain.page.locator('.foot noscript').textContent(), /^With scripts on, this paper can tell you/);
  });
});
