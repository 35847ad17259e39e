// The front editor by plain requests, as a browser with script off would.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const story = (n) => newsml({ guid: `urn:newsml:tests.example:${n}`, headline: `Story ${n}`, created: new Date(Date.now() - n * 60_000) });
const lead = async (server) => /<h2><a href="[^"]+">([^<]*)</.exec((await server.get('/')).text)?.[1];

/** The slots of an editor's page: [{ slot, seen, name, places: [{ place, story, ruled, pinned, words }] }], and the page. */
function read(text) {
  const slots = text.split(/<li class="slot" /).slice(1).map((part) => ({
    slot: /data-slot="(\d+)"/.exec(part)[1],
    seen: /data-seen="([^"]+)"/.exec(part)[1],
    name: plain(/<h2[^>]*>(.*?)<\/h2>/.exec(part)[1]),
    places: part.split(/<li class="place/).slice(1).map((p) => ({
      place: /data-place="(\d+)"/.exec(p)[1], story: /data-story="(\d+)"/.exec(p)?.[1],
      ruled: /^[^"]*is-ruled/.test(p), pinned: /^[^"]*is-pinned/.test(p), words: plain(p),
    })),
  }));
  return { slots, text, seen: /name="seen" value="([^"]+)"/.exec(text)?.[1] };
}
const look = async (who, where = '/desk/front') => read((await who.get(where)).text);
const in_ = (slot, more) => ({ section: '', slot: slot.slot, 'slot-seen': slot.seen, ...more });
const act = (who, fields) => who.post('/desk/front', fields);
const takes = async (who, fields) => {
  const reply = await act(who, fields);
  assert.equal(reply.status, 303, plain(reply.text));
  return read((await who.get(reply.headers.location.replace(/#.*/, ''))).text);
};

test('a front is laid out in a draft and launched', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ids = [];
  for (let n = 8; n >= 1; n--) ids[n] = await paper.publish(`${n}.xml`, story(n));
  const ada = await publisher(server);
  const bo = await employ(paper, server, 'bo@paper.example', 'night-editor');

  await t.test('the editor shows the whole front, what stands there by rule too', async () => {
    const { slots, text } = await look(ada);
    assert.match(slots[0].name, /1\. Lead/);
    assert.deepEqual(slots[0].places.map((p) => p.ruled), [true, true, true]);
    assert.match(slots[0].places[0].words, /Story 1/);
    assert.match(plain(text), /This is what readers have/);
  });

  await t.test('a pin stands in the draft, in the preview, and nowhere for readers', async () => {
    let { slots } = await look(ada);
    const found = await ada.get(`/desk/front/place?slot=${slots[0].slot}&place=1&words=story+7`);
    assert.match(plain(found.text), /Lead, place 1/);
    assert.deepEqual([...found.text.matchAll(/name="story" value="(\d+)"/g)].map((m) => Number(m[1])), [ids[7]]);
    ({ slots } = await takes(ada, in_(slots[0], { place: 1, story: ids[7], act: 'pin' })));
    assert.ok(slots[0].places[0].pinned);
    assert.match(slots[0].places[0].words, /Story 7/);
    assert.equal(await lead(server), 'Story 1');
    const preview = await ada.get('/desk/front/drawn');
    assert.match(preview.text, /<h2><a href="[^"]+">Story 7</);
    assert.match(preview.headers['cache-control'], /no-store/);
    assert.match(preview.headers['content-security-policy'], /frame-ancestors 'self'/);
    assert.match((await ada.get('/desk/front/preview?as=phone')).text, /<iframe class="preview-frame is-phone"/);
    assert.match(plain((await look(bo)).text), /There is a draft.*by Ada Quill/, 'a colleague sees it');
  });

  await t.test('headline, kicker and time stand there alone; a bad time keeps what was typed', async () => {
    const { slots } = await look(ada);
    const fields = { place: 1, story: ids[7], act: 'pin', headline: 'Seven & counting', kicker: 'Numbers', until: 'noon' };
    const refused = await act(ada, in_(slots[0], fields));
    assert.equal(refused.status, 409);
    assert.match(refused.text, /value="Seven &amp; counting"/);
    await takes(ada, in_(slots[0], { ...fields, until: '2099-01-01T10:00' }));
    assert.match((await ada.get('/desk/front/drawn')).text, /Seven &amp; counting/);
    assert.match(plain((await look(ada)).text), /Seven &amp; counting.*until 1 January 2099, 10:00.*its own headline: Story 7/);
  });

  await t.test('two editors change different slots, and neither loses anything', async () => {
    const before = await look(ada);
    await takes(bo, in_(before.slots[1], { place: 2, story: ids[6], act: 'pin' }));
    const after = await takes(ada, in_(before.slots[2], { kind: 'latest', size: 4, strips: 0, of: '', title: 'Just in', act: 'set' }));
    assert.match(after.slots[1].places[1].words, /Story 6.*Pinned/);
    assert.match(after.slots[2].name, /Just in/);
    assert.equal(after.slots[2].places.length, 4);

    const late = await act(bo, in_(before.slots[2], { act: 'remove' }));
    assert.equal(late.status, 409);
    assert.match(plain(late.text), /Somebody else has changed this slot meanwhile.*3\. Just in/);
    assert.equal(read(late.text).slots.length, 10, 'nothing was done');
  });

  await t.test('who launches what a colleague has changed since is told so', async () => {
    const old = await look(ada);
    await takes(bo, in_((await look(bo)).slots[3], { act: 'shift:1' }));
    const late = await act(ada, { section: '', seen: old.seen, act: 'launch' });
    assert.equal(late.status, 409);
    assert.equal(await lead(server), 'Story 1');
  });

  await t.test('launched, the next reader has it', async () => {
    const draft = await look(ada);
    assert.equal(await lead(server), 'Story 1'); // kept from before
    const page = await takes(ada, { section: '', seen: draft.seen, act: 'launch' });
    assert.match(plain(page.text), /Launched\. Readers have this front\. The next reader has it so after \d+ millisecond/);
    assert.equal(await lead(server), 'Seven &amp; counting');
    assert.match((await server.get('/')).text, /Story 6/);
    const again = await act(bo, { section: '', seen: draft.seen, act: 'launch' });
    assert.equal(again.status, 409, 'there is no draft any more');
    assert.match((await paper.does('front', 'list')).out, new RegExp(`2\\.1\t${ids[7]}\tSeven & counting  \\(pinned until 2099`));
  });

  await t.test('an act of a page from before the launch begins a new draft', async () => {
    const { slots } = await look(bo);
    const draft = await takes(bo, in_(slots[1], { place: 1, act: 'carry', to: `${slots[2].slot}:2` }));
    assert.match(draft.slots[2].places[1].words, /Seven/);
    assert.match(draft.slots[1].places[0].words, /Story 6/, 'what stood there came back');
    await takes(bo, in_(slots[5], { act: 'remove' }));
  });

  await t.test('the command line changes the front meanwhile: the editor says so and asks', async () => {
    const old = await look(bo);
    await paper.does('front', 'pin', '2.1', ids[3]);
    assert.equal((await act(bo, { section: '', seen: old.seen, act: 'launch' })).status, 409);
    const page = await look(bo);
    assert.match(plain(page.text), /Readers have got another front since this draft was begun/);
    const dropped = await takes(bo, { section: '', seen: page.seen, act: 'drop' });
    assert.match(plain(dropped.text), /The draft is dropped/);
    assert.equal(await lead(server), 'Story 3');
    assert.equal(dropped.slots.length, 10);
  });

  await t.test('a draft outlives a restart', async () => {
    const { slots } = await look(ada);
    await takes(ada, in_(slots[1], { place: 2, story: ids[8], act: 'pin' }));
    await server.stop();
    const next = await paper.serve('--quiet');
    ada.server = next;
    assert.match(plain((await look(ada)).text), /There is a draft/);
    assert.match((await look(ada)).slots[1].places[1].words, /Story 8.*Pinned/);
    assert.equal(await lead(next), 'Story 3');
    Object.assign(server, next);
    bo.server = next;
  });

  await t.test('a story that is taken down leaves its place to the rule, and the editor says why', async () => {
    await paper.does('withdraw', ids[8]);
    const { slots } = await look(ada);
    assert.ok(slots[1].places[1].ruled);
    assert.match(slots[1].places[1].words, /Story 8 ?: Is pinned here, but readers may not have it/);
  });

  await t.test('a section gets a front of its own, with a draft of its own', async () => {
    await ada.get('/desk/front');
    await takes(ada, { section: 'news', act: 'make' });
    const { slots } = await look(ada, '/desk/front?section=news');
    assert.equal(slots.length, 5);
    const draft = await takes(ada, { ...in_(slots[0], { place: 1, story: ids[5], act: 'pin' }), section: 'news' });
    assert.match(draft.slots[0].places[0].words, /Story 5/);
    assert.doesNotMatch((await server.get('/news')).text, /<h2><a href="[^"]+">Story 5</);
    await takes(ada, { section: 'news', seen: draft.seen, act: 'launch' });
    assert.match((await server.get('/news')).text, /<h2><a href="[^"]+">Story 5</);
    await takes(ada, { section: 'news', act: 'unmake' });
    assert.doesNotMatch((await server.get('/news')).text, /lead-card/);
  });

  await t.test('the log has each launch, slot by slot', async () => {
    const log = plain((await ada.get('/desk/audit')).text);
    assert.match(log, /Launched a front.*Seven &amp; counting/);
    assert.match(log, /Dropped the draft of a front/);
  });

  await t.test('who may not is not let in', async () => {
    const cy = await employ(paper, server, 'cy@paper.example', 'editor');
    assert.equal((await cy.get('/desk/front')).status, 403);
    assert.equal((await act(cy, { act: 'launch' })).status, 403);
    assert.doesNotMatch((await cy.get('/desk')).text, /\/desk\/front/);
  });
});
