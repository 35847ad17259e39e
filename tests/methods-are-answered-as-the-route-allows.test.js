// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { raw, replies } from './lib/http.js';
import { samplePaper } from './lib/paper.js';

test('methods are answered as the route allows', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');

  await t.test('HEAD has the headers of GET and no body', async () => {
    for (const path of ['/', '/none-such', '/colours.css']) {
      const get = await server.get(path);
      const got = await raw(server.port, `HEAD ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      const [head] = replies(got.bytes, ['HEAD']);
      assert.equal(head.status, get.status, path);
      assert.equal(head.headers['content-length'], String(get.body.length), path);
      assert.equal(head.headers.etag, get.headers.etag, path);
      assert.equal(head.headers['content-type'], get.headers['content-type'], path);
    }
  });

  await t.test('OPTIONS names the methods', async () => {
    const got = await server.get('/', { method: 'OPTIONS' });
    assert.ok(got.status === 204 || got.status === 200);
    assert.deepEqual(got.headers.allow.split(/, */).sort(), ['GET', 'HEAD', 'OPTIONS']);
  });

  await t.test('another method is 405 with Allow', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const got = await server.get('/', { method });
      assert.equal(got.status, 405, method);
      assert.deepEqual(got.headers.allow.split(/, */).sort(), ['GET', 'HEAD', 'OPTIONS']);
    }
  });

  await t.test('a method that nobody knows is 501, TRACE and CONNECT are refused', async () => {
    for (const method of ['BREW', 'TRACE']) {
      const got = await raw(server.port, `${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      const [reply] = replies(got.bytes);
      assert.ok([400, 405, 501].includes(reply.status), `${method}: ${reply.status}`);
    }
  });

  await t.test('an upgrade is not taken', async () => {
    const got = await raw(server.port, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n');
    assert.equal(replies(got.bytes)[0].status, 200);
  });
});
