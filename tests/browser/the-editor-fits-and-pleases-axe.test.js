// The editor with every kind of block in it, and with all that opens, on a desk and on a telephone, in the
// light and in the dark, from left to right and from right to left: axe finds nothing, and it fits.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { browser, desktop, phone, picture } from '../lib/browser.js';
import { eventually, instrumented, samplePaper } from '../lib/paper.js';
import { newStory, ready, signedIn } from '../lib/writing.js';

const axe = await fs.readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const p = (id, text, more = {}) => ({ kind: 'paragraph', id, spans: [{ text }], ...more });
const everything = { v: 1, blocks: [
  { kind: 'paragraph', id: 'a1', spans: [{ text: 'Words, ' }, { text: 'strong', marks: ['strong'] }, { text: ', ' }, { text: 'linked', link: 'https://example.org/' }, { text: ' and ' }, { text: 'français', language: 'fr' }, { text: '.' }] },
  { kind: 'heading', id: 'h1', level: 2, spans: [{ text: 'A heading' }] },
  { kind: 'list', id: 'l1', children: [{ kind: 'item', id: 'i1', spans: [{ text: 'One' }] }, { kind: 'item', id: 'i2', spans: [{ text: 'Two' }] }] },
  { kind: 'picture', id: 'p1', media: 1, spans: [{ text: 'A caption' }] }, { kind: 'quote', id: 'q1', credit: 'A sailor', children: [p('q2', 'We waited.')] },
  { kind: 'pull_quote', id: 'q3', spans: [{ text: 'We waited' }] },
  { kind: 'gallery', id: 'g1', title: 'The storm', children: [{ kind: 'picture', id: 'g2', media: 2 }, { kind: 'picture', id: 'g3', media: 3 }] },
  { kind: 'video', id: 'v1', address: 'https://example.org/film.mp4', title: 'A film' }, { kind: 'audio', id: 'v2', address: 'https://example.org/sound.mp3' },
  { kind: 'fact_box', id: 'f1', title: 'The ferry', children: [p('f2', 'Built in 1987.')] },
  { kind: 'table', id: 't1', spans: [{ text: 'Ships' }], children: [{ kind: 'row', id: 'r1', children: [{ kind: 'cell', id: 'c1', header: true, spans: [{ text: 'Ship' }] }, { kind: 'cell', id: 'c2', header: true, spans: [{ text: 'Length' }] }] }, { kind: 'row', id: 'r2', children: [{ kind: 'cell', id: 'c3', spans: [{ text: 'Hesper' }] }, { kind: 'cell', id: 'c4', spans: [{ text: '84 m' }] }] }] },
  { kind: 'timeline', id: 'z1', title: 'How it came', children: [{ kind: 'entry', id: 'z2', title: '3 May', spans: [{ text: 'The storm.' }] }] },
  { kind: 'embed', id: 'e1', address: 'https://www.youtube.com/watch?v=1', title: 'A film', credit: 'YouTube' }, { kind: 'related', id: 's1', story: 5 },
  { kind: 'divider', id: 'd1' }, { kind: 'footnote', id: 'n1', title: '1', spans: [{ text: 'As of May.' }] },
] };

for (const language of ['en-GB', 'ar'])
  test(`the editor fits and pleases axe (${language})`, async (t) => {
    const paper = await samplePaper(t);
    await paper.does('settings', 'set', 'language', language);
    const server = await paper.serve('--quiet');
    const { page, complain } = await signedIn(await browser(t), server);
    const id = await newStory(page);
    await page.evaluate(async ([story, body]) => {
      const data = JSON.parse(document.getElementById('copy-data').textContent);
      await fetch(`/desk/stories/${story}/copy`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Desk-Token': document.querySelector('meta[name=desk-token]').content },
        body: JSON.stringify({ base: data.revision, editor: 'x', here: '', kind: 'auto', copy: { ...data.copy, headline: 'All there is', standfirst: 'In one story.', topics: [{ name: 'Ships', code: '' }], places: ['Kettle Haven'], body } }) });
    }, [id, everything]);

    async function look(name, schemes = ['light', 'dark']) {
      try {
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} is too wide`);
        if (instrumented) return;
        if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations);
          assert.deepEqual(found.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`), [], `${name}, ${colorScheme}`);
        }
        complain();
      } catch (e) {
        await picture(page, `editor-${name}-${language}`.replace(/\W+/g, '-'));
        throw e;
      }
    }

    for (const [face, { viewport }] of Object.entries({ desktop, phone })) {
      await page.setViewportSize(viewport);
      await page.goto(`/desk/stories/${id}/edit`);
      await ready(page);
      assert.equal(await page.locator('.ed-body .ed-block').count(), 15);
      assert.equal(await page.evaluate(() => document.querySelector('#editor-words').childElementCount > 100), true);
      await look(`${face} page`);
      await eventually('the words are selected', async () => { // a picture that comes late may move them from under the click
        await page.locator('.ed-body > p').first().click();
        await page.keyboard.press('Home');
        await page.keyboard.press('Shift+End');
        return page.waitForSelector('.ed-bar:not([hidden])', { timeout: 2000 }).catch(() => false);
      });
      await page.locator('.ed-block').first().hover();
      await look(`${face} bar`, ['light']);
      await page.keyboard.press('Control+k');
      await page.waitForSelector('#bar-words:focus');
      await look(`${face} link`, ['dark']);
      await page.keyboard.press('Escape');
      await eventually('the menu opens', async () => { // keys that come with the focus itself find the selection of before
        await page.keyboard.press('Control+End');
        await page.keyboard.type('/');
        if (await page.waitForSelector('#slash-menu', { timeout: 2000 }).catch(() => false)) return true;
        await page.keyboard.press('Control+z');
        return false;
      });
      await look(`${face} menu`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Control+f');
      await page.waitForSelector('#find-words:focus');
      await page.keyboard.type('w');
      await look(`${face} find`, ['dark']);
      await page.keyboard.press('Escape');
      await page.locator('.ed-top-acts > button').click();
      await page.evaluate(() => document.querySelectorAll('.ed-panel details').forEach((d) => { d.open = true; }));
      await look(`${face} panel`);
      await page.locator('.ed-panel .ed-dialog-head button').click();
      await page.locator('.ed-top .drop > summary').click();
      await look(`${face} more`, ['light']);
      await page.locator('.ed-top .drop-list > *').nth(3).click();
      await page.fill('#note-words', 'Ask the harbour,');
      await page.selectOption('#note-name', { index: 1 });
      const note = await page.inputValue('#note-words');
      assert.match(note, /^Ask the harbour, @\S.* $/, 'who is chosen is named where the cursor is');
      await page.locator('.ed-dialog .ed-main').click();
      await page.locator('.ed-notes li:not(.is-ok)').waitFor();
      assert.equal(await page.locator('.ed-notes li:not(.is-ok) .ed-note-words').textContent(), note.trim());
      await look(`${face} notes`);
      await page.locator('.ed-notes li:not(.is-ok) button').click();
      await page.waitForSelector('.ed-notes li:not(.is-ok)', { state: 'detached' });
      assert.match(await page.evaluate((at) => fetch(at).then((r) => r.text()), `/desk/stories/${id}`), /is-settled[^]*Ask the harbour, @/, "the story's page has it");
      await page.keyboard.press('Escape');
      await page.locator('.ed-top .drop > summary').click();
      await page.locator('.ed-top .drop-list > *').last().click();
      await page.waitForSelector('.ed-dialog');
      await look(`${face} keys`, ['dark']);
    }
  });
