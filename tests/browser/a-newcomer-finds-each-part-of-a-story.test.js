import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { eventually, samplePaper } from '../lib/paper.js';

test('a newcomer finds each part of a story', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const feed = JSON.parse((await server.get('/feed.json')).text);
  const path = (words) => new URL(feed.items.find((one) => one.url.includes(words)).url).pathname;
  const b = await browser(t);

  await t.test('a story leads to where it can be passed on, by plain links', async () => {
    const { page, asked, complain } = await visit(b, server, { javaScriptEnabled: false });
    await page.goto(path('hesper-blew'));
    const links = await page.locator('.handover a').evaluateAll((all) => all.map((a) => a.href));
    for (const host of ['wa.me', 'www.facebook.com', 'www.linkedin.com', 'x.com'])
      assert.ok(links.some((one) => one.startsWith(`https://${host}/`) && decodeURIComponent(one).includes(path('hesper-blew'))), host);
    assert.ok(links.some((one) => one.startsWith('mailto:?subject=Hesper')));
    assert.equal(await page.locator('.handover button:visible').count(), 0, 'no button that would do nothing');
    assert.ok(asked.every((one) => one.startsWith(server.address)));
    complain();
  });

  await t.test('Messenger is offered where it is: as an app on a telephone, elsewhere if the paper has a number there', async () => {
    const looks = async (options) => {
      const { page, context, complain } = await visit(b, server, { ...options, javaScriptEnabled: false });
      await page.goto(path('hesper-blew'));
      const all = await page.getByRole('link', { name: 'Send with Messenger' }).evaluateAll((links) => links.map((a) => a.href));
      complain();
      await context.close();
      return all;
    };
    const url = encodeURIComponent(feed.items.find((one) => one.url.includes('hesper-blew')).url);
    assert.deepEqual(await looks(phone), [`fb-messenger://share?link=${url}`]);
    assert.deepEqual(await looks(), []);
    await paper.does('settings', 'set', 'facebook_app', '123');
    assert.deepEqual(await looks(phone), [`fb-messenger://share?link=${url}`]);
    assert.deepEqual(await looks(), [`https://www.facebook.com/dialog/send?app_id=123&link=${url}&redirect_uri=${url}`]);
  });

  await t.test('a table that is too wide is moved by itself, by finger or by keyboard; figures stand under figures', async () => {
    const { page, complain } = await visit(b, server, { ...phone, viewport: { width: 320, height: 700 } });
    await page.goto(path('premier-loses'));
    const table = page.locator('.table-scroll'), rest = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const left = () => table.evaluate((one) => one.scrollLeft);
    assert.equal(await rest(), 0, 'the page itself is not too wide');
    assert.ok(await table.evaluate((one) => one.scrollWidth > one.clientWidth));
    assert.equal(await left(), 0);
    await page.locator('.body a, .handover a').last().focus();
    for (let i = 0; i < 10 && !await table.evaluate((one) => one === document.activeElement); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await eventually('it is moved', async () => await left() > 0);
    const ends = await table.locator('td.number').evaluateAll((all) => all.map((cell) => {
      const words = document.createRange();
      words.selectNodeContents(cell);
      return [cell.cellIndex, Math.round(words.getBoundingClientRect().right)];
    }));
    assert.ok(ends.length > 5);
    assert.equal(new Set(ends.map(String)).size, new Set(ends.map(([column]) => column)).size, ends.join(' '));
    complain();
  });

  await t.test('how long a film is stands on its picture', async () => {
    const { page, complain } = await visit(b, server, phone);
    await page.goto('/topic/storm-hesper');
    const bottoms = await page.locator('.card-picture:has(.badge)').first().evaluate((e) => [...e.querySelectorAll('img, .badge')].map((one) => Math.round(one.getBoundingClientRect().bottom)));
    assert.equal(bottoms.length, 2);
    assert.equal(bottoms[0], bottoms[1]);
    complain();
  });

  await t.test('its address is copied, and the device is asked to share it', async () => {
    const { page, context, complain } = await visit(b, server, phone);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(() => { Object.defineProperty(navigator, 'share', { value: (what) => { document.title = what.url; return Promise.resolve(); } }); });
    await page.goto(path('hesper-blew'));
    await page.getByRole('button', { name: 'Copy the address' }).click();
    await page.getByText('Copied').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), new RegExp(`${path('hesper-blew')}$`));
    await page.getByRole('button', { name: 'Share with an app' }).click();
    await page.waitForFunction((end) => document.title.endsWith(end), path('hesper-blew'));
    complain();
  });

  await t.test('notes are reached from the text and lead back to it', async () => {
    const { page, complain } = await visit(b, server);
    await page.goto(path('hesper-blew'));
    await page.locator('[role=doc-noteref]').first().click();
    assert.match(await page.locator('.footnote:target').textContent(), /97 miles/);
    await page.locator('.footnote:target').locator('[role=doc-backlink]').click();
    assert.equal(await page.locator('[role=doc-noteref]:target').textContent(), '1');
    complain();
  });

  await t.test('a timeline, a card that loads nothing, and what the desk has tied to it', async () => {
    const { page, complain } = await visit(b, server);
    await page.goto(path('hesper-blew'));
    assert.equal(await page.locator('.timeline li').count(), 6);
    assert.equal(await page.locator('.embed a').getAttribute('href'), 'https://harbour.example/camera/long-mole');
    assert.equal(await page.locator('iframe').count(), 0);
    assert.match(await page.locator('.related .card h3').first().textContent(), /14,212 geese/, 'the tied one comes first');
    complain();
  });

  await t.test('a topic has a plus that leads to its feed', async () => {
    const { page, complain } = await visit(b, server);
    await page.goto(path('hesper-blew'));
    const plus = page.getByRole('link', { name: 'Follow Storm Hesper (its feed)' });
    const feedOf = await server.get(await plus.getAttribute('href'));
    assert.equal(feedOf.status, 200);
    assert.match(feedOf.text, /<rss/);
    complain();
  });

  await t.test('lists have a plus too, and their own feeds at their foot', async () => {
    const { page, complain } = await visit(b, server);
    for (const where of ['/topic/storm-hesper', '/author/nell-varley', '/place/kettle-haven', '/politics']) {
      await page.goto(where);
      assert.equal(await page.locator('.list-follow a').getAttribute('href'), `${where}/feed.rss`);
      for (const kind of ['RSS', 'Atom', 'JSON Feed']) {
        const own = await page.getByRole('contentinfo').getByRole('link', { name: kind, exact: true }).getAttribute('href');
        assert.ok(own.startsWith(`${where}/feed.`), own);
        assert.equal((await server.get(own)).status, 200, own);
      }
    }
    await page.goto('/');
    assert.equal(await page.getByRole('contentinfo').getByRole('link', { name: 'RSS', exact: true }).getAttribute('href'), '/feed.rss');
    complain();
  });

  await t.test('the latest is reached from the front, the menu and the foot', async () => {
    const { page, complain } = await visit(b, server);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Latest' }).getByRole('link').click();
    await page.waitForURL('**/latest');
    await page.goto('/');
    await page.getByRole('link', { name: 'All the latest' }).click();
    await page.waitForURL('**/latest');
    await page.goto('/about');
    await page.getByRole('contentinfo').getByRole('link', { name: 'Latest' }).click();
    await page.waitForURL('**/latest');
    await page.goto('/about');
    await page.locator('.menu > summary').click();
    await page.locator('.menu-sheet').getByRole('link', { name: 'Latest' }).click();
    await page.waitForURL('**/latest');
    complain();
  });

  await t.test('the lite edition of a story leads as far as the other', async () => {
    const { page, complain } = await visit(b, server);
    const links = (pattern) => page.locator('main a').evaluateAll((all, of) => [...new Set(all.map((a) => a.getAttribute('href').replace(/\.lite$/, '')))].filter((one) => new RegExp(of).test(one)).sort(), pattern);
    const kinds = ['^/author/', '^/topic/[^/]+$', '^/place/[^/]+$'];
    await page.goto(path('hesper-blew'));
    const whole = [];
    for (const one of kinds) whole.push(await links(one));
    const ways = await page.locator('.neighbours a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(whole.every((one) => one.length > 0) && ways.length > 0);
    await page.goto(`${path('hesper-blew')}.lite`);
    for (const [i, one] of kinds.entries()) assert.deepEqual(await links(one), whole[i]);
    assert.deepEqual(await page.locator('main nav a').evaluateAll((all) => all.map((a) => a.getAttribute('href').replace(/\.lite$/, ''))), ways);
    complain();
  });

  await t.test('a review has its stars, for the eye, the ear and machines', async () => {
    const { page, complain } = await visit(b, server);
    await page.goto(path('salt-wedding'));
    await page.locator('.story-head').getByText('4 of 5 stars').waitFor({ state: 'attached' });
    const graph = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent())['@graph'];
    const review = graph.find((one) => one['@type'] === 'ReviewNewsArticle');
    assert.equal(review.reviewRating.ratingValue, 4);
    assert.match(review.itemReviewed.name, /^The Salt Wedding, Strait/);
    await page.goto(`${path('salt-wedding')}.lite`);
    await page.getByText('4 of 5 stars').waitFor();
    assert.match(feed.items.find((one) => one.url.includes('salt-wedding')).content_html, /<strong>4 of 5 stars<\/strong>/);
    await page.goto('/culture');
    await page.locator('.card').filter({ hasText: 'Salt Wedding' }).getByText('4 of 5 stars').waitFor({ state: 'attached' });
    complain();
  });

  await t.test('a release says that it is one, before it begins', async () => {
    const { page, complain } = await visit(b, server);
    await page.goto(path('long-mole-gate'));
    assert.match(await page.locator('.story-head').textContent(), /Press release: Sent by those whom it is about/);
    await page.goto(path('hesper-blew'));
    assert.match(await page.locator('.story-foot').textContent(), /By our staff/);
    complain();
  });

  await t.test('what runs has no reading time, and what is both a topic and a place is said once', async () => {
    const running = /class="ticker-story" href="([^"]+)"/.exec((await server.get('/')).text)[1];
    assert.doesNotMatch((await server.get(running)).text, /min read/);
    for (const { url } of feed.items) {
      const text = (await server.get(new URL(url).pathname)).text;
      const names = [...text.matchAll(/Follow ([^<]+) \(its feed\)/g)].map(([, name]) => name);
      assert.equal(new Set(names).size, names.length, `${url}: ${names}`);
    }
  });

  await t.test('who comes to a page that is not there can search from it', async () => {
    const { page, complain } = await visit(b, server);
    page.expects = [404];
    await page.goto('/none-such');
    await page.getByRole('searchbox').fill('herring');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=herring');
    await page.goto('/none-such.lite');
    await page.getByRole('searchbox').fill('herring');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search.lite?q=herring');
    complain();
  });

  await t.test('a time that says how long ago keeps the whole of it for who listens', async () => {
    const { page, complain } = await visit(b, server);
    await page.goto('/');
    const time = page.locator('main time[title]').filter({ hasText: /ago/ }).first();
    assert.ok((await time.textContent()).includes(`(${await time.getAttribute('title')})`));
    complain();
  });

  await t.test('the desk gives half a star less, and says that a machine helped', async () => {
    const { page, complain } = await visit(b, server);
    const id = /^(\d+).*Salt Wedding/m.exec((await paper.does('list')).out)[1];
    await paper.does('label', id, 'rating', '3.5');
    await paper.does('label', id, 'origin', 'machine-assisted');
    await page.goto(path('salt-wedding'));
    await page.locator('.story-head').getByText('3.5 of 5 stars').waitFor({ state: 'attached' });
    assert.match(await page.locator('.story-head').textContent(), /Machine-assisted: Made with the help/);
    assert.equal((await paper.command('label', id, 'rating', '6')).code, 1);
    complain();
  });

  await t.test('some story has each of the other parts', async () => {
    const wanted = { 'a fact box': /class="fact-box"/, 'a pull quote': /class="pull-quote"/, 'a quote and who said it': /class="quote"[^>]*><blockquote>.*?<figcaption>/s,
                     'a table that scrolls': /class="table-scroll"[^>]* tabindex="0"[^>]*aria-label/, 'a gallery': /class="gallery apart"/,
                     'a correction': /class="corrections"/, 'an update': /class="update-note"/, 'reading time': /min read/ };
    const all = (await Promise.all(feed.items.map(async (one) => (await server.get(new URL(one.url).pathname)).text))).join('');
    const older = (await Promise.all(['/opinion', '/politics', '/business', '/sport', '/science', '/island', '/culture'].map(async (s) =>
      [...(await server.get(s)).text.matchAll(/<h3><a href="(\/[^"]+)"/g)].map(([, href]) => href)))).flat();
    const text = all + (await Promise.all([...new Set(older)].map(async (one) => (await server.get(one)).text))).join('');
    for (const [what, pattern] of Object.entries(wanted)) assert.ok(pattern.test(text), what);
  });
});
