// mail.js - a mail server on this machine.
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

import { finallyDo } from './paper.js';

/** A mail server that keeps what it gets; `port` 0: any free one. */
export async function mailServer(t, { port = 0, refuse = () => false, ...options } = {}) {
  const box = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'], authOptional: true, logger: false, ...options,
    onRcptTo: ({ address }, session, done) => done(refuse(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', async () => {
        const raw = Buffer.concat(parts);
        box.push({ raw: raw.toString('latin1'), user: session.user, ...await simpleParser(raw) });
        done(box.answer?.() ?? null);
      });
    },
  });
  server.on('error', () => {});
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  box.port = server.server.address().port;
  let open = true;
  box.close = () => new Promise((done) => { if (!open) return done(); open = false; server.close(done); });
  finallyDo(t, box.close);
  return box;
}
