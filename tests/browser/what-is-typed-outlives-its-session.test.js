// A form of the newsroom that is sent when nobody is signed in any more, or with the token of a session that
// is over, loses nothing: what was typed stands in it again, and what was taken does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser } from '../lib/browser.js';
import { password } from '../lib/desk.js';
import { samplePaper } from '../lib/paper.js';
import { newStory, signedIn } from '../lib/writing.js';

test('what is typed outlives its session', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet');
  const { page, context, complain } = await signedIn(await browser(t), server);
  const id = await newStory(page), story = `/desk/stories/${id}`, note = 'Ask the harbour, and\nask again.';
  const words = 'textarea[name=words]', send = `form:has(textarea[name=words]) button`;
  page.expects = [403];

  async function elsewhere(act) {
    const other = await context.newPage();
    await other.goto('/desk');
    await act(other);
    await other.close();
  }
  const signOut = async (other) => { await other.click('.desk-out button'); await other.waitForURL(/sign-in/); };
  async function signIn(one) {
    await one.fill('#email', 'ada@paper.example');
    await one.fill('#password', password);
    await Promise.all([one.waitForNavigation(), one.click('main form button')]);
  }

  await t.test('nobody is signed in any more', async () => {
    await page.goto(story);
    await page.fill(words, note);
    await elsewhere(signOut);
    await page.click(send);
    await page.waitForURL(/sign-in/);
    assert.match(await page.textContent('.said'), /kept in this tab/);
    await page.fill('#email', 'ada@paper.example');
    await page.fill('#password', 'not this one, surely');
    await Promise.all([page.waitForNavigation(), page.click('main form button')]); // a slip changes nothing
    await signIn(page);
    assert.equal(new URL(page.url()).pathname, story);
    assert.equal(await page.inputValue(words), note);
    assert.match(await page.textContent('form .said'), /here again/);
  });

  await t.test('what was taken is let go of', async () => {
    await Promise.all([page.waitForNavigation(), page.click(send)]);
    assert.match(await page.textContent('main'), /Ask the harbour/);
    await page.goto(story);
    assert.equal(await page.inputValue(words), '');
    await page.goto('/desk');
    await page.goto(story);
    assert.equal(await page.locator('form .said').count(), 0);
  });

  await t.test('the token of a session that is over', async () => {
    await page.fill(words, 'Two tabs');
    await elsewhere(async (other) => { await signOut(other); await signIn(other); });
    await Promise.all([page.waitForNavigation(), page.click(send)]);
    await page.click('.said a');
    await page.waitForURL(new RegExp(`${story}$`));
    assert.equal(await page.inputValue(words), 'Two tabs');
    await Promise.all([page.waitForNavigation(), page.click(send)]);
    assert.match(await page.textContent('main'), /Two tabs/);
    complain();
  });
});
