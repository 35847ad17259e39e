// listener.js - an open page's stream as a browser keeps it: it comes again with what it heard last.
import http from 'node:http';

export class Listener {
  /** `haste`: divides the time that the paper asks to wait, so that a test takes less. */
  constructor(port, topics, { haste = 1 } = {}) {
    Object.assign(this, { port, topics, haste, ids: [], told: [], retries: [], opened: 0, failed: [] });
    this.wait = 1000;
    this.open();
  }

  get last() { return this.ids.at(-1); }

  open() {
    const headers = this.last ? { 'Last-Event-ID': this.last } : {};
    this.isOpen = false;
    this.asked = http.get({ host: '127.0.0.1', port: this.port, path: `/live/${this.topics}`, headers, agent: false }, (got) => {
      if (got.statusCode !== 200) this.failed.push(`status ${got.statusCode}`);
      this.isOpen = true;
      this.opened++;
      let rest = '';
      got.setEncoding('utf8');
      got.on('data', (s) => {
        const blocks = (rest + s).split('\n\n');
        rest = blocks.pop();
        blocks.forEach((b) => this.hear(b));
      });
      got.on('error', (e) => { if (!this.closed) this.failed.push(e.message); });
      got.on('close', () => this.again());
    });
    this.asked.on('error', (e) => {
      if (this.closed) return;
      this.failed.push(e.message);
      if (!this.isOpen) this.again();
    });
  }

  again() {
    this.isOpen = false;
    if (!this.closed) this.timer = setTimeout(() => this.open(), this.wait / this.haste);
  }

  hear(block) {
    const fields = block.split('\n').map((l) => /^([a-z]+): ?(.*)$/.exec(l)).filter(Boolean).map(([, name, value]) => [name, value]);
    const { id, event, data, retry } = Object.fromEntries(fields);
    if (retry) { this.wait = Number(retry); this.retries.push(this.wait); }
    if (id && id !== this.last) this.ids.push(id);
    if (data && event !== 'beat') this.told.push({ id: Number(id), event, data });
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.asked.destroy();
  }
}
