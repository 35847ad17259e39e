// writing.js - people at the newsroom's editor, in browsers.
import assert from 'node:assert/strict';

import { browser, visit } from './browser.js';
import { firstLink, password } from './desk.js';
import { patience } from './paper.js';

/** Bounds on waiting, for slow machines and instrumented programs. */
export const long = 20_000 * patience;

/** The first of the paper signs in; gives { page, context, complain }. */
export async function signedIn(b, server, options = {}) {
  const who = await visit(b, server, { reducedMotion: 'reduce', ...options });
  who.page.setDefaultTimeout(long);
  await who.page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await who.page.fill(`[name=${name}]`, value);
  await who.page.click('main button');
  await who.page.waitForURL(/\/desk$/);
  return who;
}

/** Somebody with a one-time link, in a browser of their own. */
export async function joined(b, server, link, name, options = {}) {
  const who = await visit(b, server, { reducedMotion: 'reduce', ...options });
  who.page.setDefaultTimeout(long);
  await who.page.goto(new URL(link).pathname);
  await who.page.fill('[name=name]', name);
  await who.page.fill('[name=password]', 'nine brown owls at dusk');
  await who.page.click('main button');
  await who.page.waitForURL(/\/desk$/);
  return who;
}

/** The editor has come. */
export const ready = (page) => page.waitForSelector('#editor[data-ready]');

/** A new story, its editor open; gives its number. */
export async function newStory(page) {
  await page.goto('/desk/stories');
  await page.evaluate(() => { document.querySelector('form[action="/desk/stories"][method=post]').requestSubmit(); });
  await page.waitForURL(/\/desk\/stories\/\d+\/edit$/);
  await ready(page);
  return Number(/\/(\d+)\/edit$/.exec(page.url())[1]);
}

/** What the paper has of it: { revision, copy, people, story }. */
export async function kept(page, id) {
  const reply = await page.context().request.get(`/desk/stories/${id}/copy?since=0`);
  assert.equal(reply.status(), 200);
  return reply.json();
}

/** Everything that was written is with the paper. */
export const saved = (page) => page.waitForFunction(() => document.querySelector('.ed-state')?.dataset.is === 'saved', null, { timeout: long });

/** Text through the clipboard, as a browser hands it over. */
export const paste = (page, types) => page.evaluate((given) => {
  const data = new DataTransfer();
  for (const [type, words] of Object.entries(given)) data.setData(type, words);
  const at = document.activeElement.closest('.ed-body') ?? document.querySelector('.ed-body');
  at.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, types);

/** A tree in lines: "paragraph: words", marks and links in brackets, children further in. */
export function outline(body) {
  const words = (spans = []) => spans.map((s) => (s.break ? ' / ' : s.marks || s.link || s.language ? `[${s.text}|${[...(s.marks ?? []), s.link, s.language].filter(Boolean).join(' ')}]` : s.text)).join('');
  const lines = (blocks, deep) => blocks.flatMap((b) => [
    `${'  '.repeat(deep)}${b.kind}${b.level ?? ''}${b.ordered ? ' ordered' : ''}${b.header ? ' header' : ''}${b.title ? ` "${b.title}"` : ''}: ${words(b.spans)}`.replace(/: $/, ''),
    ...lines(b.children ?? [], deep + 1),
  ]);
  return lines(body.blocks, 0);
}
