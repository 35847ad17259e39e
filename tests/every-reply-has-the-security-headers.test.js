import assert from 'node:assert/strict';
import { test } from 'node:test';

import { raw, replies } from './lib/http.js';
import { samplePaper } from './lib/paper.js';

test('every reply has the security headers', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const front = await server.get('/');
  const file = (pattern) => pattern.exec(front.text)?.[1];
  const asked = [
    ['GET', '/'], ['HEAD', '/'], ['GET', '/none-such'], ['POST', '/'], ['OPTIONS', '/'], ['GET', '/sport/'],
    ['GET', '/colours.css'], ['GET', file(/href="(\/theme\/[^"]+\.css)"/)], ['GET', file(/src="(\/theme\/[^"]+\.js)"/)],
    ['GET', file(/src="(\/media\/[^"]+)"/)], ['GET', '/media/999999/640.jpg'], ['GET', '/%ff'], ['GET', '/a%00b'],
  ];
  for (const [method, path] of asked) {
    const bytes = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    const [{ status, headers }] = replies((await raw(server.port, bytes)).bytes, [method]);
    const what = `${method} ${path} (${status})`;
    assert.ok(status < 500, what);
    const policy = headers['content-security-policy'];
    assert.match(policy ?? '', /default-src 'none'/, what);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/, what);
    assert.match(policy, /frame-ancestors 'none'/, what);
    assert.match(policy, /base-uri 'none'/, what);
    assert.equal(headers['x-content-type-options'], 'nosniff', what);
    assert.equal(headers['x-frame-options'], 'DENY', what);
    assert.match(headers['referrer-policy'] ?? '', /^(strict-origin-when-cross-origin|no-referrer|same-origin)$/, what);
    assert.match(headers['permissions-policy'] ?? '', /camera=\(\)/, what);
    assert.ok(headers.date, what);
    assert.equal(headers.server, undefined, `${what} says what it runs on`);
  }
});
