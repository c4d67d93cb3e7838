// A visitor's own photo: restyled at full size, saved with what its file said about whose it is, without where it was taken.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { ask, open, PICTURES, said } from './session.mjs';

const ENHANCED = 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced';

/** @param {(file: string) => Promise<any>} act @param {string} name */
async function inFile(act, name) {
  const folder = await mkdtemp(path.join(tmpdir(), 'limner-'));
  try {
    return await act(path.join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {Buffer} data @param {string} name */
const exif = (data, name) => inFile(async (file) => {
  await writeFile(file, data);
  return JSON.parse(execFileSync('exiftool', ['-j', '-G1', '-n', '-a', '-all:all', file], { encoding: 'utf8' }))[0];
}, name);

// 96 by 64 as stored, red above blue; its EXIF says that it was taken with the camera on its side.
/** @param {import('playwright-core').Page} page */
async function photo(page) {
  const base64 = await ask(page, `(async () => {
    const canvas = new OffscreenCanvas(96, 64), c = canvas.getContext('2d');
    c.fillStyle = '#d03020'; c.fillRect(0, 0, 96, 32); c.fillStyle = '#2030d0'; c.fillRect(0, 32, 96, 32);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer());
    return btoa(String.fromCharCode(...bytes)); })()`);
  return inFile(async (file) => {
    await writeFile(file, Buffer.from(base64, 'base64'));
    execFileSync('exiftool', ['-q', '-overwrite_original', '-Orientation#=6', '-GPSLatitude=48.1', '-GPSLatitudeRef=N', '-GPSLongitude=11.5',
      '-GPSLongitudeRef=E', '-Artist=Ada Lovelace', '-Copyright=(c) Ada', '-XMP-dc:Rights=(c) Ada', file]);
    return readFile(file);
  }, 'photo.jpg');
}

/** @param {import('playwright-core').Page} page @param {Buffer} data @param {object} recipe @param {object} [options] */
async function styled(page, data, recipe, options = {}) {
  const { base64, ...rest } = await ask(page, `(async () => {
    const data = Uint8Array.from(atob(${JSON.stringify(data.toString('base64'))}), (c) => c.charCodeAt(0));
    const { blob, width, height } = await limner.style(new Blob([data]), ${JSON.stringify(recipe)}, ${JSON.stringify(options)});
    const bitmap = await createImageBitmap(blob), c = new OffscreenCanvas(width, height).getContext('2d');
    c.drawImage(bitmap, 0, 0);
    const at = (x, y) => [...c.getImageData(x, y, 1, 1).data];
    const bytes = new Uint8Array(await blob.arrayBuffer()); let s = ''; for (const b of bytes) s += String.fromCharCode(b);
    return { base64: btoa(s), width, height, type: blob.type, left: at(8, height / 2), right: at(width - 8, height / 2) }; })()`);
  return { ...rest, file: Buffer.from(base64, 'base64') };
}

test('a photo is turned upright, restyled, and saved with its owner and without its place', async () => {
  const visit = await open();
  try {
    const { page } = visit;
    const data = await photo(page);
    const plain = await styled(page, data, { limner: 1 });
    assert.deepEqual([plain.width, plain.height], [64, 96], 'upright');
    assert.ok(plain.right[0] > 190 && plain.right[2] < 60, `red is on the right: ${plain.right}`);
    assert.ok(plain.left[2] > 190 && plain.left[0] < 60, `blue is on the left: ${plain.left}`);

    for (const kind of ['jpeg', 'png']) {
      const ink = await styled(page, data, { limner: 1, style: { name: 'ink' } }, { kind });
      assert.deepEqual([ink.width, ink.height, ink.type], [64, 96, `image/${kind}`]);
      const told = await exif(ink.file, kind === 'jpeg' ? 'ink.jpg' : 'ink.png');
      assert.equal(told['XMP-iptcExt:DigitalSourceType'], ENHANCED);
      assert.equal(told['IFD0:Artist'], 'Ada Lovelace');
      assert.equal(told['IFD0:Copyright'], '(c) Ada');
      assert.equal(told['XMP-dc:Rights'], '(c) Ada');
      assert.equal(told['IFD0:Orientation'], undefined, 'the pixels are upright already');
      assert.deepEqual(Object.keys(told).filter((key) => /GPS|AISystem|limner/i.test(key)), [], 'no place, no generator, no recipe');
    }
    const kept = await exif((await styled(page, data, { limner: 1 }, { kind: 'jpeg', keepPlace: true })).file, 'kept.jpg');
    assert.equal(kept['GPS:GPSLatitude'], 48.1);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('what is no photo, or too large a one, is refused in a sentence', async () => {
  const visit = await open();
  try {
    const { page } = visit;
    const huge = await photo(page); // with a frame header that claims 81 megapixels
    const header = huge.indexOf(Buffer.from([0xff, 0xc0]));
    assert.ok(header > 0);
    huge.writeUInt16BE(9000, header + 5);
    huge.writeUInt16BE(9000, header + 7);
    for (const [data, code] of /** @type {[Buffer, string][]} */ ([
      [huge, 'photo.size'], [Buffer.from('hello'), 'file.picture'], [Buffer.alloc(0), 'file.picture'],
    ])) {
      const error = await ask(page, `limner.style(new Blob([Uint8Array.from(atob('${data.toString('base64')}'), (c) => c.charCodeAt(0))]), {limner: 1})
        .then(() => 'none', (e) => ({ code: e.code, sentence: e.sentence }))`);
      assert.equal(error.code, code);
      assert.match(error.sentence, /^[A-Z].*\.$/);
      if (code === 'photo.size') assert.match(error.sentence, /50 megapixels/);
    }
    assert.equal(await ask(page, `limner.style('photo.jpg', {limner: 1}).catch((e) => e.code)`), 'photo.none');
    assert.equal(await ask(page, `limner.style(new Blob([]), {limner: 1, style: {name: 'nobody'}}).catch((e) => e.code)`), 'file.picture');
    const stopped = await ask(page, `(async () => { const stop = new AbortController(); const going = limner.style(new Blob([]), {limner: 1}, {signal: stop.signal}); stop.abort();
      return going.catch((e) => e.code); })()`);
    assert.equal(stopped, 'photo.cancelled');
  } finally {
    await visit.close();
  }
});

test('the dialog: choose a style among live thumbnails, save', async () => {
  const visit = await open({ size: [1280, 800] });
  try {
    const { page } = visit;
    const data = await photo(page);
    await page.evaluate(() => document.getElementById('to-form')?.click());
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Restyle a photo' }).click();
    await (await choosing).setFiles({ name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: data });
    const dialog = page.getByRole('dialog', { name: 'Restyle a photo' });
    await dialog.getByText('64 by 96 pixels.').waitFor();
    await dialog.getByRole('button', { name: 'Ink', exact: true }).click();
    await dialog.getByRole('slider', { name: 'Strength' }).waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll('#photo .tiles canvas')].every((c) =>
      /** @type {HTMLCanvasElement} */ (c).getContext('2d')?.getImageData(20, 20, 1, 1).data[3]), undefined, { timeout: 120000 });
    await page.screenshot({ path: path.join(PICTURES, 'photo.png') });
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    const saved = await downloading;
    assert.equal(saved.suggestedFilename(), 'holiday-limner.jpg');
    const told = await exif(await readFile(await saved.path()), 'saved.jpg');
    assert.equal(told['XMP-iptcExt:DigitalSourceType'], ENHANCED);
    await dialog.getByText('Saved, 64 by 96 pixels.').waitFor();
    await dialog.getByRole('button', { name: 'Lend its manner to the portrait' }).click();
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.get().style?.name === 'example');
    assert.equal(await dialog.isVisible(), false);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('a file that is no picture leaves no dialog behind', async () => {
  const visit = await open();
  try {
    const { page } = visit;
    await page.evaluate(() => document.getElementById('to-form')?.click());
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Restyle a photo' }).click();
    await (await choosing).setFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await said(page, /cannot read that file as a picture/);
    assert.equal(await page.getByRole('dialog').count(), 0);
  } finally {
    await visit.close();
  }
});
