// What the page of a story does with what is written: it is looked over before it goes out, and what is
// said afterwards is what readers have then.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newStory, paragraph, publisher, writeStory } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const field = (moment) => moment.toISOString().slice(0, 16); // the paper's zone is UTC
const day = 24 * 3600e3;

async function paperWith(t) {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  /** Do it as the page of the story does; the page that comes of it. */
  const act = async (id, fields, part = '') => {
    const [, seen] = /name="seen" value="([^"]+)"/.exec((await ada.get(`/desk/stories/${id}`)).text) ?? [];
    const reply = await ada.post(`/desk/stories/${id}${part}`, { seen, ...fields });
    return reply.status === 303 ? ada.get(reply.headers.location) : reply;
  };
  const said = (page) => plain(/<p class="said[^>]*>(.*?)<\/p>/s.exec(page.text)?.[1] ?? '').trim();
  /** What the list says: { title: [not yet?, address] }. */
  const list = (page) => Object.fromEntries([...(/id="checks">(.*?)<\/section>/s.exec(page.text)?.[1] ?? '').matchAll(/<li>(.*?)<\/li>/gs)].map(([, one]) =>
    [/: (?:<a[^>]*>)?([^<]+)/.exec(one.replace('</strong>', ''))[1], [/is-late/.test(one), /href="([^"]+)"/.exec(one)?.[1]]]));
  return { paper, server, ada, act, said, list };
}

test('what goes out is looked over first', async (t) => {
  const { paper, server, ada, act, said, list } = await paperWith(t);

  await t.test('what is missing stands over the buttons, each with its reason and its place', async () => {
    const id = await newStory(ada, { headline: 'All is well', topics: [{ name: 'Sea', code: '' }], blocks: [{ kind: 'paragraph', id: 'p1', spans: [{ text: 'There', link: '/news/2001/01/01/nothing' }] }] });
    const page = await ada.get(`/desk/stories/${id}`);
    assert.deepEqual(list(page), { 'Main picture': [false, `/desk/stories/${id}/edit#field%3Ahero`], Link: [false, `/desk/stories/${id}/edit#block%3Ap1`] });
    assert.match(plain(page.text), /Link It leads to an address of this paper where nothing is\. \/news\/2001/);
    assert.doesNotMatch(page.text, /name="anyway"/, 'nothing asks for more than the one press');
    assert.match(said(await act(id, { act: 'publish' })), /^Published\. Readers have it/);
    assert.deepEqual(list(await ada.get(`/desk/stories/${id}`)), {}, 'nothing is about to go out');
  });

  await t.test('a story without a headline is told that, and led there', async () => {
    const id = await newStory(ada, { blocks: [paragraph('p1', 'Words, and no headline.')] });
    for (const fields of [{ act: 'publish' }, { act: 'publish', anyway: 'yes' }, { act: 'schedule', at: field(new Date(Date.now() + day)) }]) {
      const page = await act(id, fields);
      assert.equal(page.status, 409);
      assert.equal(said(page), 'Headline: There is none. No story goes out without one.');
      assert.deepEqual(list(page).Headline, [true, `/desk/stories/${id}/edit#field%3Aheadline`]);
    }
  });

  await t.test('a story without text goes out when somebody says so', async () => {
    const id = await newStory(ada, { headline: 'Nothing but a headline' });
    for (const fields of [{ act: 'publish' }, { act: 'schedule', at: field(new Date(Date.now() + day)) }]) {
      const page = await act(id, fields);
      assert.equal(page.status, 409);
      assert.match(said(page), /^It is not ready/);
      assert.ok(list(page).Text[0]);
      assert.match(page.text, /name="anyway" value="yes">/);
    }
    assert.match(plain((await ada.get(`/desk/stories/${id}`)).text), /it is a draft/);
    assert.match(said(await act(id, { act: 'publish', anyway: 'yes' })), /^Published/);
    await writeStory(ada, id, { standfirst: 'And a line under it' });
    assert.match(said(await act(id, { act: 'update', kind: 'update', reason: 'A line' })), /^It is not ready/);
    assert.match(said(await act(id, { reason: 'No line', headline: 'x', written: 'yes' }, '/correct')), /^It is not ready/);
    assert.match(said(await act(id, { act: 'update', kind: 'update', reason: 'A line', anyway: 'yes' })), /^Updated/);
    const running = await newStory(ada, { headline: 'It goes on' }, { type: 'live', section: '' });
    assert.match(said(await act(running, { act: 'publish' })), /^Published/, 'the text of a running story are its entries');
  });

  await t.test('what was corrected and withdrawn has nothing newer beside it', async () => {
    const id = await newStory(ada, { headline: 'A wall', blocks: [paragraph('p1', 'It is old.')] });
    await act(id, { act: 'publish' });
    assert.match(said(await act(id, { kind: 'correction', reason: 'It is new.', headline: 'A new wall' }, '/correct')), /^Corrected/);
    assert.match(said(await act(id, { act: 'withdraw' })), /^Withdrawn/);
    assert.equal(list(await ada.get(`/desk/stories/${id}`))['A newer version'], undefined);
    assert.match(said(await act(id, { act: 'publish' })), /^Published/);
  });

  await t.test('links to elsewhere are asked when somebody wants it', async () => {
    const id = await newStory(ada, { headline: 'Go and see', blocks: [{ kind: 'paragraph', id: 'p1', spans: [{ text: 'There', link: 'http://127.0.0.1:9/' }] }] });
    const page = await ada.get(`/desk/stories/${id}`);
    assert.match(page.text, new RegExp(`href="/desk/stories/${id}\\?links=ask#checks">Ask whether the 1 link`));
    assert.equal(list(page).Link, undefined);
    const asked = plain((await ada.get(`/desk/stories/${id}?links=ask`)).text);
    assert.match(asked, /1 link is being asked|It leads into a private network/);
  });

  await t.test('a correction goes out with what was written', async () => {
    const id = await newStory(ada, { headline: 'The bridge', blocks: [paragraph('p1', 'It opens on Monday.')] });
    await act(id, { act: 'publish' });
    assert.doesNotMatch((await ada.get(`/desk/stories/${id}`)).text, /name="written"/);
    await writeStory(ada, id, { kicker: 'Town', blocks: [paragraph('p1', 'It opens on Tuesday.')] });
    const page = (await ada.get(`/desk/stories/${id}`)).text;
    const [, form] = /action="[^"]*\/correct"(.*?)<\/form>/s.exec(page);
    assert.match(plain(form), /With all that is written now What it brings: Line above the headline, Text\./);
    assert.match(form, new RegExp(`href="/desk/stories/${id}/compare\\?version=1"`));
    // as a browser sends it that touches nothing but the reason
    const fields = Object.fromEntries([...form.matchAll(/<input (?:type="(?:radio|checkbox)" )?(?:id="\w+" )?name="(\w+)"[^>]*?value="([^"]*)"[^>]*>/g)].filter(([one]) => !/type="(radio|checkbox)"/.test(one) || / checked/.test(one)).map(([, name, value]) => [name, value]));
    assert.equal(fields.written, 'yes');
    assert.match(said(await act(id, { ...fields, standfirst: '', reason: 'Tuesday, not Monday.' }, '/correct')), /^Corrected/);
    const read = (await server.get(await paper.address(id))).text;
    assert.match(read, /It opens on Tuesday\./);
    assert.match(read, /Tuesday, not Monday\./);
  });
});

test('a time that is over is no time to publish at', async (t) => {
  const { ada, act, said } = await paperWith(t);
  const id = await newStory(ada, { headline: 'Not of yesterday', blocks: [paragraph('p1', 'Words.')] });
  for (const ago of [day, 3 * 60e3]) {
    const page = await act(id, { act: 'schedule', at: field(new Date(Date.now() - ago)) });
    assert.equal(page.status, 409);
    assert.match(said(page), /^That time is over/);
    assert.match(page.text, new RegExp(`name="at" value="${field(new Date(Date.now() - ago)).slice(0, 11)}`), 'what was typed stands there');
  }
  // the minute that a clock shows has begun before
  const from = Date.now();
  assert.match(said(await act(id, { act: 'schedule', at: new Date(from - 20e3).toISOString().slice(0, 19) })), /^Published/);
  const [, since] = /They have had it since\s*<time datetime="([^"]+)"/.exec((await ada.get(`/desk/stories/${id}`)).text);
  assert.ok(Date.parse(since) >= Math.floor(from / 1000) * 1000, `${since}: it is out from now on`);
});

test('what is said afterwards is what readers have then', async (t) => {
  const { paper, server, ada, act, said } = await paperWith(t);
  const words = [paragraph('p1', 'Words.')];
  const held = await newStory(ada, { headline: 'Held back', embargo_at: new Date(Date.now() + day).toISOString(), blocks: words });
  const page = await act(held, { act: 'publish' });
  assert.equal(said(page), 'It is under embargo: it goes out when that ends. Nobody sees it before.');
  assert.match(plain(page.text), /Nothing yet: it is published/);
  assert.notEqual((await server.get(await paper.address(held) ?? '/news/none')).status, 200);

  const later = await newStory(ada, { headline: 'For tomorrow', blocks: words });
  assert.equal(said(await act(later, { act: 'schedule', at: field(new Date(Date.now() + day)) })), 'Scheduled. Nobody sees it before.');
  await writeStory(ada, later, { standfirst: 'With a line under it' });
  const waiting = (await ada.get(`/desk/stories/${later}`)).text;
  assert.match(plain(waiting), /Take it in: it goes out at its time.*readers have it from/);
  assert.doesNotMatch(waiting, /name="reason"|>Publish it</, 'there is nothing yet that could be new to readers');
  assert.equal(said(await act(later, { act: 'update', kind: 'edit', reason: '' })), 'Saved. It goes out so at its time; nobody sees it before.');
});
