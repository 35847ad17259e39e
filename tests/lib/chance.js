// chance.js - numbers that look random and come again from the same seed.
/** A function that gives whole numbers from 0 up to, not with, n.  BROADSHEET_SEED, or the clock. */
export function chance(t) {
  let state = Number(process.env.BROADSHEET_SEED ?? Date.now() % 1e9) >>> 0;
  t.diagnostic(`said: BROADSHEET_SEED=${state}`);
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) % n;
  };
}
