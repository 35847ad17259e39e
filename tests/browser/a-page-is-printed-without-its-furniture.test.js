import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, pageKinds, readToTheEnd, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

const furniture = ['.bar', '.menu', '.tools', '.still', '.handover', '.gallery.apart', '.transcript summary', '.topics', '.neighbours', '.related', '.foot-columns', '.push'];
const sheets = (pdf) => (pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length;

test('a page is printed without its furniture', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const { kinds } = await pageKinds(server);
  const b = await browser(t);
  const { page, complain } = await visit(b, server);
  const seen = new Set();

  for (const kind of ['story', 'story-gallery', 'story-film']) {
    await page.goto(kinds[kind]);
    await readToTheEnd(page);
    for (const one of furniture) if (await page.locator(one).count() > 0) seen.add(one);
    await page.emulateMedia({ media: 'print' });
    for (const one of furniture) assert.equal(await page.locator(one).filter({ visible: true }).count(), 0, `${one} of ${kind} is not printed`);
    assert.ok(await page.getByText(new URL(kinds[kind], await page.locator('link[rel=canonical]').getAttribute('href')).href, { exact: true }).isVisible(), 'but where it stands');
    assert.ok(await page.locator('.body').isVisible());
    await page.emulateMedia({ media: null });
    assert.equal(await page.locator('.printed').isVisible(), false);
  }
  assert.deepEqual([...seen].sort(), [...furniture].sort(), 'each of them stands on one of these pages');

  await t.test('no sheet is there for what stands below a story alone', async () => {
    await page.goto(kinds.story);
    await readToTheEnd(page);
    const whole = sheets(await page.pdf({ format: 'A4' }));
    await page.evaluate(() => document.querySelectorAll('.related, .neighbours, .topics, .foot-columns, .push').forEach((one) => one.remove()));
    assert.ok(whole > 0);
    assert.equal(whole, sheets(await page.pdf({ format: 'A4' })));
  });
  complain();
});
