// /api/v1: the description is valid OpenAPI, and each address and reply is as it says.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { newsml } from './lib/copy.js';
import { emptyPaper, root, run, samplePaper } from './lib/paper.js';

const address = 'http://localhost:8080';
const linkOf = (reply, rel) => [...(reply.headers.link ?? '').matchAll(/<([^>]+)>; rel="([^"]+)"/g)].find((m) => m[2] === rel)?.[1];

function checker(description) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default ? formats.default(ajv) : formats(ajv);
  ajv.addSchema({ $id: 'https://paper.example/description', ...description });
  const resolve = (o) => o?.$ref ? o.$ref.slice(2).split('/').reduce((at, k) => at[k], description) : o;
  /** Does a real reply keep to what the description says of it? */
  return (template, method, reply) => {
    const what = `${method} ${template} ${reply.status}`;
    const said = resolve(description.paths[template]?.[method.toLowerCase()]?.responses[reply.status]);
    assert.ok(said, `${what} is not described`);
    for (const [name, header] of Object.entries(said.headers ?? {})) {
      const value = reply.headers[name.toLowerCase()];
      assert.ok(value, `${what} has no ${name}`);
      assert.ok(ajv.compile(resolve(header).schema)(value), `${what}: ${name}: ${value}`);
    }
    if (!said.content) { assert.equal(reply.body.length, 0); return; }
    const [type, content] = Object.entries(said.content)[0];
    assert.equal(reply.headers['content-type'], type, what);
    const schema = content.schema.$ref ? { $ref: `https://paper.example/description${content.schema.$ref}` } : content.schema;
    const check = ajv.compile(schema);
    assert.ok(check(JSON.parse(reply.text)), `${what}: ${JSON.stringify(check.errors?.slice(0, 5), null, 1)}`);
  };
}

test('the interface is what its description says', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const description = JSON.parse((await server.get('/api/v1/openapi.json')).text);
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(description));
  assert.ok(valid, JSON.stringify(errors, null, 1));
  assert.equal(validator.version, '3.1');
  const check = checker(description);

  await t.test('all addresses are described, and no others', async () => {
    const { out } = await run(['routes']);
    const routes = out.trim().split('\n').map((l) => l.split('\t')).filter(([m, p]) => m === 'GET' && p.startsWith('/api/v1'));
    assert.deepEqual(routes.map(([, p]) => p.replace(/#/g, '')).sort(), Object.keys(description.paths).sort());
  });

  await t.test('every reply is as described', async () => {
    const seen = new Set();
    const ask = async (template, where, status, headers = {}) => {
      const reply = await server.get(where, { headers });
      assert.equal(reply.status, status, where);
      check(template, 'GET', reply);
      seen.add(`${template} ${status}`);
      return reply;
    };
    const both = async (template, where) => {
      const reply = await ask(template, where, 200);
      await ask(template, where, 304, { 'If-None-Match': reply.headers.etag });
      return JSON.parse(reply.text);
    };
    await both('/api/v1', '/api/v1');
    await both('/api/v1/openapi.json', '/api/v1/openapi.json');
    const { sections } = await both('/api/v1/sections', '/api/v1/sections');
    const list = await both('/api/v1/stories', '/api/v1/stories?limit=100');
    assert.ok(list.associations.length > 20);
    const topics = new Set(), authors = new Set(), places = new Set();
    const files = [['ninjs-list', list]];
    for (const s of list.associations) {
      const id = s.name.slice('story-'.length);
      const story = await both('/api/v1/stories/{id}', `/api/v1/stories/${id}`);
      assert.equal(story.headlines[0].value, s.headlines[0].value);
      assert.equal(story.bodies.length, 2);
      for (const x of story.subjects ?? []) topics.add(x.uri.split('/').pop());
      for (const x of story.places ?? []) places.add(x.uri.split('/').pop());
      for (const x of story.people ?? []) authors.add(x.uri.split('/').pop());
      files.push([`ninjs-${id}`, story]);
    }
    for (const { slug } of sections) await both('/api/v1/sections/{slug}/stories', `/api/v1/sections/${slug}/stories`);
    for (const slug of [...topics].slice(0, 5)) await both('/api/v1/topics/{slug}/stories', `/api/v1/topics/${slug}/stories?limit=3`);
    for (const slug of [...authors].slice(0, 5)) await both('/api/v1/authors/{slug}/stories', `/api/v1/authors/${slug}/stories`);
    assert.ok(places.has('port-senna'));
    for (const slug of places) await both('/api/v1/places/{slug}/stories', `/api/v1/places/${slug}/stories`);
    for (const kind of ['sections', 'topics', 'authors', 'places']) await ask(`/api/v1/${kind}/{slug}/stories`, `/api/v1/${kind}/none/stories`, 404);
    const { notices } = await both('/api/v1/notices', '/api/v1/notices');
    assert.ok(notices.length >= 3);
    for (const n of notices) {
      const one = await both('/api/v1/notices/{id}', `/api/v1/notices/${n.id}`);
      const { bodies, ...facts } = one;
      assert.deepEqual(facts, n);
      assert.match((await server.get(n.url.slice(address.length))).text, new RegExp(`/notices/${n.id}<`), 'its page says its address');
      assert.ok(bodies.find((b) => b.contentType === 'text/plain').value.length > 20);
    }
    await ask('/api/v1/notices/{id}', '/api/v1/notices/999999', 404);
    await ask('/api/v1/notices', '/api/v1/notices?limit=0', 400);
    await paper.does('notice', 'withdraw', String(notices[0].id));
    await ask('/api/v1/notices/{id}', `/api/v1/notices/${notices[0].id}`, 410);
    const paged = await ask('/api/v1/notices', '/api/v1/notices?limit=1', 200);
    assert.equal(JSON.parse(paged.text).notices[0].id, notices[1].id);
    const further = await ask('/api/v1/notices', linkOf(paged, 'next').slice(address.length), 200);
    assert.equal(JSON.parse(further.text).notices[0].id, notices[2].id);
    await ask('/api/v1/stories/{id}', '/api/v1/stories/999999', 404);
    for (const bad of ['limit=0', 'limit=101', 'limit=x', 'before=-1', 'before=now'])
      await ask('/api/v1/stories', `/api/v1/stories?${bad}`, 400);
    for (const [kind, slug] of [['sections', 'sport'], ['topics', [...topics][0]], ['authors', [...authors][0]], ['places', 'port-senna']])
      await ask(`/api/v1/${kind}/{slug}/stories`, `/api/v1/${kind}/${slug}/stories?limit=no`, 400);
    const dead = list.associations[0].name.slice(6);
    await paper.does('kill', dead);
    const gone = await ask('/api/v1/stories/{id}', `/api/v1/stories/${dead}`, 410);
    assert.ok(!gone.text.includes(list.associations[0].headlines[0].value));
    const said = Object.entries(description.paths).flatMap(([p, m]) => Object.keys(m.get.responses).map((s) => `${p} ${s}`));
    assert.deepEqual([...seen].sort(), said.sort(), 'each described reply was seen');

    const schema = path.join(process.env.SHARED_DATA ?? path.join(root, '../shared/data'), 'ninjs-iptc/schema/ninjs-schema_3.0.json');
    if (!fs.existsSync(schema)) { t.diagnostic('said: IPTC’s own schema is not on this machine'); return; }
    const ajv = new Ajv({ strict: false });
    formats.default ? formats.default(ajv) : formats(ajv);
    ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json' });  // places on a map: not ours
    const keeps = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
    for (const [name, one] of files) assert.ok(keeps(one), `${name}: ${JSON.stringify(keeps.errors?.slice(0, 3))}`);
  });
});

test('a program walks through the whole list and meets each story once', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  for (let i = 1; i <= 7; i++) await paper.publish(`${i}.xml`, newsml({ guid: `urn:newsml:tests.example:walk:${i}`, headline: `Number ${i}` }));
  const met = [];
  let where = '/api/v1/stories?limit=3', pages = 0;
  while (where) {
    const reply = await server.get(where);
    met.push(...JSON.parse(reply.text).associations.map((s) => s.headlines[0].value));
    where = linkOf(reply, 'next')?.slice(address.length);
    pages++;
  }
  assert.equal(pages, 3);
  assert.deepEqual(met, [7, 6, 5, 4, 3, 2, 1].map((i) => `Number ${i}`));
  assert.equal(JSON.parse((await server.get('/api/v1/stories?limit=2')).text).associations.length, 2, 'another limit is another answer');
  assert.equal(JSON.parse((await server.get('/api/v1/stories?limit=3')).text).associations.length, 3);
});

test('pages elsewhere may ask the interface, with nothing of their own', async (t) => {
  const server = await (await emptyPaper(t)).serve('--quiet');
  const asked = await server.get('/api/v1/stories', { method: 'OPTIONS', headers: { Origin: 'https://other.example', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'if-none-match' } });
  assert.equal(asked.status, 204);
  assert.equal(asked.headers['access-control-allow-origin'], '*');
  assert.match(asked.headers['access-control-allow-headers'], /If-None-Match/i);
  assert.equal(asked.headers['access-control-allow-credentials'], undefined);
  const got = await server.get('/api/v1/stories', { headers: { Origin: 'https://other.example' } });
  assert.equal(got.headers['access-control-allow-origin'], '*');
  for (const [method, where, status] of [['POST', '/api/v1/stories', 405], ['GET', '/api/v1/none', 404], ['GET', '/api/v2', 404]]) {
    const reply = await server.get(where, { method });
    assert.equal(reply.status, status, where);
    assert.equal(reply.headers['content-type'], 'application/problem+json');
    assert.equal(JSON.parse(reply.text).status, status);
    assert.equal(reply.headers['access-control-allow-origin'], '*');
  }
  assert.equal((await server.get('/')).headers['access-control-allow-origin'], undefined, 'pages are not for others');
});
