import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { browser, desktop, phone, picture, readToTheEnd, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper } from '../lib/paper.js';

const axe = await fs.readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const site = {
  edited_at: '2026-11-22T17:00:00Z',
  settings: {
    name: 'صدى الجزيرة', motto: 'أخبار الجزيرة منذ عام 1871', description: 'صحيفة الجزيرة اليومية',
    publisher: 'جمعية الصدى', editor: 'مها التريكي', language: 'ar', time_zone: 'Asia/Amman',
    postal: '14 شارع الميناء', phone: '+44 1632 960871', mastodon: 'https://social.example/@sada',
  },
  sections: [
    { slug: 'island', name: 'أخبار الجزيرة', description: 'المدن والقرى وأهلها', default: true, topics: [] },
    { slug: 'business', name: 'اقتصاد', description: 'العمل والمال', topics: ['medtop:04000000'] },
  ],
};
const times = (minutes) => ({ created: new Date(Date.now() - minutes * 60_000) });
const arabic = (i) => newsml({
  guid: `urn:newsml:tests.example:ar:${i}`, language: 'ar', person: i % 2 ? 'ليلى حداد' : '', ...times(3 * i + 5),
  headline: `عادت قوارب الصيد رقم ${i} قبل العاصفة`, standfirst: 'كانت القوارب كلها في الميناء عند الظهر.',
  body: `<p>وصلت القوارب إلى الميناء عند الظهر.</p><table><tr><td>${i}</td><td>قارب</td></tr></table>`,
});
const foreignHeadline = 'Herring fleet back before the gale';
const english = newsml({
  guid: 'urn:newsml:tests.example:en:1', language: 'en', person: 'Nell Varley', ...times(2),
  headline: foreignHeadline, standfirst: 'The harbour is full for the first time this year.',
});

/**
 * Words in Latin letters where the page says that they are Arabic, and where they stand.  Names from
 * elsewhere are set apart in <bdi>; a title of the window or of a link may have a headline in it.
 */
const strays = (headline) => {
  const latin = /[A-Za-z\u00c0-\u024f]{2,}/, found = [];
  const isArabic = (e) => e.closest('[lang]').lang.startsWith('ar');
  const nodes = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let n = nodes.nextNode(); n; n = nodes.nextNode())
    if (latin.test(n.data.replace(n.parentElement.matches('title') ? headline : '', '')) && !n.parentElement.closest('script, style, noscript, bdi') && isArabic(n.parentElement))
      found.push(`${n.parentElement.tagName}: ${n.data.trim()}`);
  for (const e of document.querySelectorAll('[title], [aria-label], [alt], [placeholder]'))
    for (const name of ['title', 'aria-label', 'alt', 'placeholder'])
      if (latin.test((e.getAttribute(name) ?? '').replace(e.matches('link') ? headline : '', '')) && isArabic(e)) found.push(`${e.tagName} ${name}: ${e.getAttribute(name)}`);
  return found;
};

/** Whether what stands first on a line stands to the right. */
const order = () => {
  const [first, second] = [...document.querySelectorAll('nav[aria-label] li:not([hidden]) a')]
    .filter((a) => a.checkVisibility()).map((a) => a.getBoundingClientRect());
  return { side: first && second && first.top === second.top ? first.left > second.left : true,
           wide: document.documentElement.scrollWidth - document.documentElement.clientWidth };
};

test('a paper in Arabic is Arabic throughout', async (t) => {
  const paper = await emptyPaper(t);
  await fs.mkdir(path.join(paper.folder, 'edition/wire'), { recursive: true });
  await fs.writeFile(path.join(paper.folder, 'edition/site.json'), JSON.stringify(site));
  await fs.writeFile(path.join(paper.folder, 'edition/people.json'), '{"people":[]}');
  const server = await paper.serve('--quiet', `--sample=${path.join(paper.folder, 'edition')}`);
  const stories = [];
  for (let i = 1; i <= 12; i++) stories.push(await paper.publish(`${i}.xml`, arabic(i)));
  const foreign = await paper.publish('en.xml', english);
  await paper.does('correct', '--reason', 'كان العدد أحد عشر.', stories[0]);
  await paper.does('withdraw', stories[11], '--reason', 'خطأ');

  const corrected = await paper.address(stories[0]), gone = await paper.address(stories[11]);
  const other = await paper.address(foreign);
  const day = /\/\d{4}\/\d{2}\/\d{2}/.exec(corrected)[0];
  const author = /rel="author" href="([^"]+)"/.exec((await server.get(corrected)).text)[1];
  const pages = { front: '/', section: '/island', empty: '/business', story: corrected, foreign: other,
                  author, day, 'day-of-nothing': '/1999/01/31', missing: '/none-such', gone,
                  'lite-front': '/.lite', 'lite-story': `${corrected}.lite`, 'lite-foreign': `${other}.lite` };
  const b = await browser(t);

  for (const [kind, where] of Object.entries(pages))
    for (const [face, options] of Object.entries({ desktop, phone }))
      await t.test(`${kind}, ${face}`, async () => {
        const { page, context, complain } = await visit(b, server, { reducedMotion: 'reduce', ...options });
        page.expects = { missing: [404], gone: [410] }[kind];
        await page.goto(where, { waitUntil: 'load' });
        await readToTheEnd(page);
        const html = page.locator('html');
        assert.equal(await html.getAttribute('lang'), 'ar');
        assert.equal(await html.getAttribute('dir'), 'rtl');
        assert.deepEqual(await page.evaluate(strays, /foreign/.test(kind) ? foreignHeadline : ''), [], 'words that are not said in Arabic');
        const { side, wide } = await page.evaluate(order);
        assert.ok(side, 'what comes first stands to the right');
        assert.ok(wide <= 0, `${wide} pixels too wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
        if (face === 'desktop') await picture(page, `arabic-${kind}`);
        complain();
        await context.close();
      });

  await t.test('a story of another language keeps its own', async () => {
    const { page, context } = await visit(b, server);
    const directionOf = (what) => page.locator(what).first().evaluate((e) =>
      [e.closest('[lang]').lang, getComputedStyle(e).direction]);
    await page.goto(other);
    for (const what of ['article h1', 'article .standfirst', 'article .body p'])
      assert.deepEqual(await directionOf(what), ['en', 'ltr'], what);
    assert.deepEqual(await directionOf('.foot h2'), ['ar', 'rtl']);
    // the paper's words beside it stand where it begins, and are read their own way
    for (const what of ['article .byline', 'article .story-times']) {
      const [language, bidi, indent] = await page.locator(what).evaluate((e) => {
        const [first] = e.matches('.byline') ? [document.createRange()] : e.children;
        if (e.matches('.byline')) first.selectNodeContents(e);
        const left = first.getBoundingClientRect().left + (e.matches('.byline') ? 0 : parseFloat(getComputedStyle(first).paddingLeft));
        return [e.closest('[lang]').lang, getComputedStyle(e.matches('.byline') ? e : first).unicodeBidi, left - document.querySelector('article h1').getBoundingClientRect().left];
      });
      assert.deepEqual([language, bidi, Math.abs(indent) < 2], ['ar', 'plaintext', true], `${what}: ${indent}`);
    }
    await page.goto('/');
    const link = `main a[href="${other}"]`;
    assert.deepEqual(await directionOf(link), ['en', 'ltr'], 'on the front');
    assert.deepEqual(await directionOf(`main a[href="${corrected}"]`), ['ar', 'rtl'], 'its own stories');
    await context.close();
  });

  await t.test('digits go by the setting', async () => {
    const year = String(new Date().getUTCFullYear());
    const arab = year.replace(/\d/g, (d) => '٠١٢٣٤٥٦٧٨٩'[d]);
    const today = async () => /<p class="today">(.*?)<\/p>/.exec((await server.get('/')).text)[1].replace(/<[^>]*>/g, '');
    assert.match(await today(), new RegExp(`، \\d+ .* ${year}$`));
    await paper.does('settings', 'set', 'language', 'ar-u-nu-arab');
    assert.match(await today(), new RegExp(`، [٠-٩]+ .* ${arab}$`));
    assert.match((await server.get('/')).text, /<html lang="ar" dir="rtl"[^>]* data-locale="ar-u-nu-arab"[^>]* data-digits="٠١٢٣٤٥٦٧٨٩"/);
  });
});
