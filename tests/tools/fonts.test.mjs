// The type the page is served with: cut down, and on a coarser grid.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { coarser } from '../../tools/coarse-font.mjs';

const lucide = await readFile(new URL('../../node_modules/lucide-static/font/lucide.ttf', import.meta.url));

/** @param {Buffer} font @param {string} name */
function table(font, name) {
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    if (font.toString('latin1', at, at + 4) === name) return font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12));
  }
  throw new Error(`there is no ${name}`);
}

/** Outlines as a browser would read them: [contours, left, bottom, right, top] of every glyph. @param {Buffer} font */
function boxes(font) {
  const long = table(font, 'head').readInt16BE(50) === 1;
  const place = (/** @type {number} */ i) => (long ? table(font, 'loca').readUInt32BE(4 * i) : 2 * table(font, 'loca').readUInt16BE(2 * i));
  return Array.from({ length: table(font, 'maxp').readUInt16BE(4) }, (_, i) => {
    const glyph = table(font, 'glyf').subarray(place(i), place(i + 1));
    return glyph.length ? [0, 2, 4, 6, 8].map((at) => glyph.readInt16BE(at)) : [];
  });
}

test('a font on a coarser grid keeps its glyphs, smaller in the same measure', () => {
  const unitsPerEm = table(lucide, 'head').readUInt16BE(18);
  const coarse = coarser(lucide, unitsPerEm / 2);
  assert.equal(table(coarse, 'head').readUInt16BE(18), unitsPerEm / 2);
  assert.ok(coarse.length < lucide.length);
  const before = boxes(lucide), after = boxes(coarse);
  assert.equal(after.length, before.length);
  before.forEach((box, i) => box.forEach((side, k) => assert.ok(Math.abs(after[i][k] - (k ? side / 2 : side)) <= 0.5, `glyph ${i}`)));
});

test('on the grid it has, a font stays as it is, and is written the same twice', () => {
  const once = coarser(lucide, table(lucide, 'head').readUInt16BE(18));
  assert.deepEqual(boxes(once), boxes(lucide));
  assert.deepEqual(coarser(once, table(once, 'head').readUInt16BE(18)), once);
});
