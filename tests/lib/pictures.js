// pictures.js - pictures that a test makes by itself, good ones and hostile ones.
import zlib from 'node:zlib';

const crc = (bytes) => {
  let c = ~0;
  for (const b of bytes) { c ^= b; for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1; }
  return ~c >>> 0;
};
function chunk(kind, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(kind, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** A grey PNG of these rows (each begins with its filter, 0). */
export function png(width, height, rows, level = 6) {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head),
                        chunk('IDAT', zlib.deflateSync(rows, { level })), chunk('IEND', Buffer.alloc(0))]);
}

/** One that nothing makes smaller: a good megabyte for 1200 by 900 pixels; `seed` tells two apart. */
export function noise(width, height, seed = 1) {
  const rows = Buffer.alloc((width + 1) * height);
  let x = seed;
  for (let i = 0; i < rows.length; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    rows[i] = i % (width + 1) === 0 ? 0 : x >>> 24;
  }
  return png(width, height, rows, 0);
}

export const hostile = {
  'bomb.png': png(60000, 60000, Buffer.alloc(1000)),
  'cut.jpg': Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex'),
  'script.jpg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  'text.png': Buffer.from('this is not a picture at all, whatever its name may say'),
  'delegate.jpg': Buffer.from('push graphic-context\nviewbox 0 0 640 480\nfill \'url(https://127.0.0.1/x.jpg"|touch "/tmp/x)\'\npop graphic-context\n'),
};

/** Four plain quarters: dark and less so above, lighter and lightest below. */
export const quarterGreys = [40, 110, 180, 250];
export function quarters(width, height) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = quarterGreys[(y * 2 >= height ? 2 : 0) + (x * 2 >= width ? 1 : 0)];
  return png(width, height, rows);
}

/** [width, height] of a JPEG, by its own header. */
export function jpegSize(bytes) {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2))
    if ([0xc0, 0xc1, 0xc2].includes(bytes[at + 1])) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  return undefined;
}
