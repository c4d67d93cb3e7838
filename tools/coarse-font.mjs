// A TrueType font on a coarser grid: the same outlines with smaller numbers, which take fewer bytes. Type of 16 pixels on a
// grid of 512 to the em is still true to a sixtieth of a pixel.

/** Fields in font units, as [offset, count] of 16-bit numbers, of the tables that have a few. @type {Record<string, [number, number][]>} */
const MEASURES = { head: [[18, 1], [36, 4]], hhea: [[4, 7]], 'OS/2': [[2, 1], [10, 10], [68, 5], [86, 2]], post: [[8, 2]] };

const ON = 1, X_BYTE = 2, Y_BYTE = 4, REPEAT = 8, X_SAME = 16, Y_SAME = 32; // of a point
const WORDS = 1, OFFSETS = 2, SCALE = 8, MORE = 32, TWO_SCALES = 64, MATRIX = 128; // of a part of a glyph made of others

/** A glyph of its own points. @param {Buffer} glyph @param {number} factor */
function simple(glyph, factor) {
  const contours = glyph.readInt16BE(0);
  const points = glyph.readUInt16BE(8 + 2 * contours) + 1;
  let at = 12 + 2 * contours + glyph.readUInt16BE(10 + 2 * contours); // past the hints
  /** @type {number[]} */
  const flags = [];
  while (flags.length < points) {
    const flag = glyph[at++];
    for (let n = flag & REPEAT ? glyph[at++] + 1 : 1; n > 0; --n) flags.push(flag & ~REPEAT);
  }
  /** The steps along one axis on the new grid: points are rounded, not steps. @param {number} byte @param {number} same */
  const steps = (byte, same) => {
    let value = 0, before = 0;
    return flags.map((flag) => {
      if (flag & byte) value += flag & same ? glyph[at++] : -glyph[at++];
      else if (!(flag & same)) value += glyph.readInt16BE((at += 2) - 2);
      const rounded = Math.round(value / factor), step = rounded - before;
      before = rounded;
      return step;
    });
  };
  const axes = /** @type {const} */ ([[steps(X_BYTE, X_SAME), X_BYTE, X_SAME], [steps(Y_BYTE, Y_SAME), Y_BYTE, Y_SAME]]);
  /** @type {number[]} */
  const coordinates = [];
  const fresh = flags.map((flag) => flag & ~(X_BYTE | X_SAME | Y_BYTE | Y_SAME));
  for (const [along, byte, same] of axes) {
    along.forEach((step, i) => {
      if (step === 0) fresh[i] |= same;
      else if (Math.abs(step) < 256) fresh[i] |= step > 0 ? byte | same : byte;
      if (step !== 0) coordinates.push(...(Math.abs(step) < 256 ? [Math.abs(step)] : [(step >> 8) & 255, step & 255]));
    });
  }
  /** @type {number[]} */
  const runs = [];
  for (let i = 0, n = 0; i < points; i += n) {
    for (n = 1; i + n < points && n < 256 && fresh[i + n] === fresh[i]; ++n);
    runs.push(...(n > 2 ? [fresh[i] | REPEAT, n - 1] : Array(n).fill(fresh[i])));
  }
  return Buffer.concat([glyph.subarray(0, 10 + 2 * contours), Buffer.alloc(2), Buffer.from(runs), Buffer.from(coordinates)]);
}

/** A glyph made of others: only where they lie. @param {Buffer} glyph @param {number} factor */
function composite(glyph, factor) {
  const out = Buffer.from(glyph);
  for (let at = 10, flags = MORE; flags & MORE; ) {
    flags = out.readUInt16BE(at);
    at += 4;
    for (let axis = 0; axis < 2; ++axis, at += flags & WORDS ? 2 : 1) {
      if (!(flags & OFFSETS)) continue;
      if (flags & WORDS) out.writeInt16BE(Math.round(out.readInt16BE(at) / factor), at);
      else out.writeInt8(Math.round(out.readInt8(at) / factor), at);
    }
    at += flags & MATRIX ? 8 : flags & TWO_SCALES ? 4 : flags & SCALE ? 2 : 0;
  }
  return out;
}

/** @param {Buffer} table @param {number} at @param {number} factor */
const shrink = (table, at, factor) => table.writeInt16BE(Math.round(table.readInt16BE(at) / factor), at);

/** @param {Buffer} font without hints @param {number} unitsPerEm of the result, at most the font's own @returns {Buffer} */
export function coarser(font, unitsPerEm) {
  /** @type {Map<string, Buffer>} */
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); ++i) {
    const entry = font.subarray(12 + 16 * i, 28 + 16 * i);
    const from = entry.readUInt32BE(8);
    tables.set(entry.toString('latin1', 0, 4), Buffer.from(font.subarray(from, from + entry.readUInt32BE(12))));
  }
  const table = (/** @type {string} */ name) => {
    const found = tables.get(name);
    if (!found) throw new Error(`a font has no table ${name}: it is not TrueType.`);
    return found;
  };
  const [head, loca, glyf, hmtx] = ['head', 'loca', 'glyf', 'hmtx'].map(table);
  const factor = head.readUInt16BE(18) / unitsPerEm;
  const glyphs = table('maxp').readUInt16BE(4);
  const long = head.readInt16BE(50) === 1;
  const place = (/** @type {number} */ i) => (long ? loca.readUInt32BE(4 * i) : 2 * loca.readUInt16BE(2 * i));
  /** @type {Buffer[]} */
  const drawn = [];
  const places = Buffer.alloc(4 * (glyphs + 1));
  for (let i = 0, at = 0; i < glyphs; ++i) {
    const glyph = glyf.subarray(place(i), place(i + 1));
    if (glyph.length) {
      const scaled = glyph.readInt16BE(0) < 0 ? composite(glyph, factor) : simple(glyph, factor);
      for (let side = 2; side < 10; side += 2) shrink(scaled, side, factor);
      drawn.push(scaled, Buffer.alloc(scaled.length % 2));
      at += scaled.length + (scaled.length % 2);
    }
    places.writeUInt32BE(at, 4 * (i + 1));
  }
  const wide = table('hhea').readUInt16BE(34);
  for (let i = 0; i < wide; ++i) hmtx.writeUInt16BE(Math.round(hmtx.readUInt16BE(4 * i) / factor), 4 * i);
  for (let i = 0; i < glyphs; ++i) shrink(hmtx, i < wide ? 4 * i + 2 : 2 * (i + wide), factor);
  for (const [name, fields] of Object.entries(MEASURES)) {
    for (const [at, count] of fields) for (let k = 0; k < count; ++k) shrink(table(name), at + 2 * k, factor);
  }
  tables.set('glyf', Buffer.concat(drawn));
  const short = places.readUInt32BE(4 * glyphs) < 0x20000;
  head.writeInt16BE(short ? 0 : 1, 50);
  if (short) for (let i = 0; i <= glyphs; ++i) places.writeUInt16BE(places.readUInt32BE(4 * i) / 2, 2 * i);
  tables.set('loca', short ? places.subarray(0, 2 * (glyphs + 1)) : places);
  return assembled(font, tables);
}

/** @param {Buffer} font whose first twelve bytes say how many tables there are @param {Map<string, Buffer>} tables */
function assembled(font, tables) {
  const directory = Buffer.alloc(16 * tables.size);
  const parts = [font.subarray(0, 12), directory];
  let at = 12 + directory.length, entry = 0;
  for (const [name, data] of tables) {
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
    if (name === 'head') padded.writeUInt32BE(0, 8); // the sum over the whole font, which nobody checks
    let sum = 0;
    for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
    directory.write(name, entry, 'latin1');
    directory.writeUInt32BE(sum, entry + 4);
    directory.writeUInt32BE(at, entry + 8);
    directory.writeUInt32BE(data.length, entry + 12);
    parts.push(padded);
    at += padded.length;
    entry += 16;
  }
  return Buffer.concat(parts);
}
