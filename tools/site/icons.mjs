// The installable page's PNG icons, painted from the same few ellipses as web/icon.svg.

import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 as builtinCrc32, deflateSync } from 'node:zlib';

/** @param {Uint8Array} data */
function crc(data) {
  if (builtinCrc32) return builtinCrc32(data);
  let c = ~0;
  for (const byte of data) {
    c ^= byte;
    for (let k = 0; k < 8; ++k) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}

/** @param {string} type @param {Uint8Array} data */
function chunk(type, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** Colour at a point of the unit square. @param {number} x @param {number} y @returns {[number, number, number]} */
function colour(x, y) {
  const left = x < 0.5;
  if (((x - 0.5) / 0.22) ** 2 + ((y - 0.445) / 0.265) ** 2 < 1) return left ? [246, 207, 156] : [235, 166, 91];
  if (((x - 0.5) / 0.3125) ** 2 + ((y - 1) / 0.274) ** 2 < 1) return left ? [184, 127, 72] : [143, 95, 51];
  return [27, 24, 25];
}

/** Few colours, so they go into a palette. @param {number} side */
function png(side) {
  /** @type {Map<string, number>} */
  const palette = new Map();
  const rows = Buffer.alloc(side * (side + 1));
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      const sum = [0, 0, 0];
      for (let k = 0; k < 16; ++k) {
        const at = colour((x + ((k % 4) + 0.5) / 4) / side, (y + ((k >> 2) + 0.5) / 4) / side);
        for (let c = 0; c < 3; ++c) sum[c] += at[c] / 16;
      }
      const key = sum.map(Math.round).join();
      if (!palette.has(key)) palette.set(key, palette.size);
      rows[y * (side + 1) + 1 + x] = /** @type {number} */ (palette.get(key));
    }
  }
  if (palette.size > 256) throw new Error(`the icon has ${palette.size} colours, too many for a palette.`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const colours = Buffer.from([...palette.keys()].flatMap((key) => key.split(',').map(Number)));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** @param {string} folder */
export async function make(folder) {
  const newest = (await stat(fileURLToPath(import.meta.url))).mtimeMs;
  await mkdir(folder, { recursive: true });
  for (const side of [192, 512]) {
    const file = path.join(folder, `icon-${side}.png`);
    if (!existsSync(file) || (await stat(file)).mtimeMs < newest) await writeFile(file, png(side));
  }
}
