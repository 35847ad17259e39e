// cut.js - what a program does to the disk, counted, cut off at the n-th, or failed; and its clock, moved
// (tests/tools/cut.c).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { root } from './paper.js';

export class Cut {
  /** The library and what is shared with it, in this folder. */
  static async make(folder) {
    const cut = new Cut();
    cut.library = path.join(folder, 'cut.so');
    cut.shared = path.join(folder, 'cut');
    execFileSync('gcc', ['-O1', '-shared', '-fPIC', '-o', cut.library, path.join(root, 'tests/tools/cut.c'), '-ldl']);
    return cut;
  }

  /** Count anew; end it before act `kill` (`torn`: when half of it is written); from act `full` on the disk is full
   *  (or fails otherwise: `error`); its clock is wrong by `clock` seconds; `free` megabytes are left on its disk.  Also of a
   *  program that runs.  Gives the environment for one that is to be started. */
  arm({ kill = 0, torn = false, full = 0, error = 'ENOSPC', clock = 0, free = 0 } = {}) {
    const numbers = Buffer.alloc(56);
    [0, kill, torn ? 1 : 0, full, os.constants.errno[error], clock, free].forEach((n, i) => numbers.writeBigInt64LE(BigInt(n), 8 * i));
    const fd = fs.openSync(this.shared, fs.constants.O_RDWR | fs.constants.O_CREAT);
    fs.writeSync(fd, numbers, 0, numbers.length, 0);
    fs.closeSync(fd);
    return { LD_PRELOAD: this.library, CUT: this.shared };
  }

  /** Acts since then. */
  done() { return Number(fs.readFileSync(this.shared).readBigInt64LE(0)); }
}
