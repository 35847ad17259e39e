// tls.js - certificates made by openssl for one test, and a paper that is served with them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import tls from 'node:tls';

/** A certificate for these names, signed by itself: { cert, key, pem, print }. */
export function certificate(folder, name, names, ...more) {
  const cert = path.join(folder, `${name}.pem`), key = path.join(folder, `${name}.key`);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-keyout', key,
                           '-out', cert, '-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${names.map((n) => `DNS:${n}`).join()}`, ...more], { stdio: 'ignore' });
  fs.chmodSync(key, 0o600);
  const pem = fs.readFileSync(cert);
  return { cert, key, pem, print: new X509Certificate(pem).fingerprint256 };
}

/** The words that serve a paper with these certificates. */
export const words = (...certs) => ['--tls-listen', '127.0.0.1:0', ...certs.flatMap((c) => ['--tls-cert', c.cert, '--tls-key', c.key])];

/** A handshake: what was agreed on, and the certificate that was shown. */
export function shake(port, options = {}) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => {
      const agreed = { protocol: socket.getProtocol(), cipher: socket.getCipher().name, alpn: socket.alpnProtocol,
                       print: socket.getPeerCertificate().fingerprint256, reused: socket.isSessionReused() };
      socket.destroy();
      resolve(agreed);
    });
    socket.on('error', reject);
  });
}

/** One request by HTTP/1.1 over TLS: { status, headers, body, text }. */
export function ask(server, where, { method = 'GET', headers = {}, body, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const asked = https.request({ host: '127.0.0.1', port: server.securePort, path: where, method, headers, rejectUnauthorized: false, agent: false, ...options }, (got) => {
      const parts = [];
      got.on('data', (part) => parts.push(part)).on('error', reject).on('end', () => {
        const whole = Buffer.concat(parts);
        resolve({ status: got.statusCode, headers: got.headers, body: whole, text: whole.toString('utf8') });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** That it came to nothing. */
export async function refused(promise, what) {
  await assert.rejects(promise, undefined, what);
}
