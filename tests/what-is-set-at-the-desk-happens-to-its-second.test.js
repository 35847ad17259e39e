// While the server runs: what the desk schedules is out from its second on, what it ends is down from
// then on, on every page, whether somebody looks or not.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newStory, paragraph, publisher } from './lib/desk.js';
import { emptyPaper, eventually, patience } from './lib/paper.js';

/** A whole second that is far enough ahead to be set, as the desk's field has it. */
function soon() {
  const at = new Date((Math.floor(Date.now() / 1000) + 2 + 2 * patience) * 1000);
  return { at, field: at.toISOString().slice(0, 19) };
}

test('what is set at the desk happens to its second', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const id = await newStory(ada, { headline: 'The lantern is lit', topics: [{ name: 'Lanterns', code: '' }], blocks: [paragraph('p1', 'At dusk.')] });
  const act = async (fields) => {
    await ada.get(`/desk/stories/${id}`);
    assert.equal((await ada.post(`/desk/stories/${id}`, fields)).status, 303);
  };
  const places = ['/', '/news', '/topic/lanterns', '/feed.json', '/search?q=lantern'];
  const shown = async (where) => { const page = await server.get(where); return page.status === 200 && page.text.replace(/<\/?mark>/g, '').includes('The lantern is lit'); };

  await t.test('scheduled, no page has it before, and each has it then', async () => {
    const { at, field } = soon();
    await act({ act: 'schedule', at: field });
    await eventually('it is out', async () => {
      for (const where of places)
        if (await shown(where)) assert.ok(Date.now() >= at.getTime(), `${where} told ${at.getTime() - Date.now()} ms early`);
      return Date.now() >= at.getTime();
    }, { within: 30_000 * patience });
    for (const where of places.slice(0, 3)) assert.ok(await shown(where), `${where} has it from its second on`);
    await eventually('feeds and search have it', async () => (await Promise.all(places.map(shown))).every(Boolean));
    await eventually('the clockwork did it, and the log says so', async () => /<strong>Published a story<\/strong>/.test((await ada.get(`/desk/audit?story=${id}&who=clockwork`)).text));
  });

  await t.test('ended, every page has it until then, and none afterwards', async () => {
    const address = await paper.address(id);
    const { at, field } = soon();
    await act({ act: 'end', end: field });
    await eventually('it is down', async () => {
      const asked = Date.now(), page = await server.get(address);
      if (page.status !== 200) assert.ok(Date.now() >= at.getTime(), `down ${at.getTime() - Date.now()} ms early`);
      else assert.ok(asked < at.getTime(), 'a page that was kept too long');
      return page.status !== 200;
    }, { within: 30_000 * patience });
    for (const where of places) assert.ok(!await shown(where), `${where} has it no more`);
    assert.equal((await eventually('its address says so', async () => { const page = await server.get(address); return page.status === 410 && page; })).status, 410);
    await eventually('the desk says so', async () => /it was withdrawn/.test((await ada.get(`/desk/stories/${id}`)).text));
  });
});
