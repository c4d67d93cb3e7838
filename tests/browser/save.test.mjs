// A saved picture says what it is, and can be dropped back in to go on.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { ask, open } from './session.mjs';

const SOURCE = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/** @param {Buffer} data @param {string} kind */
async function exif(data, kind) {
  const folder = await mkdtemp(path.join(tmpdir(), 'limner-'));
  const file = path.join(folder, `saved.${kind}`);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(file, data);
  const [told] = JSON.parse(execFileSync('exiftool', ['-j', '-G1', '-n', '-a', '-validate', '-warning', '-all:all', file], { encoding: 'utf8' }));
  await rm(folder, { recursive: true });
  return told;
}

for (const kind of ['png', 'jpeg']) {
  test(`a saved ${kind} is labelled, valid, and restores the recipe`, async () => {
    const visit = await open();
    try {
      const { page } = visit;
      const recipe = { limner: 1, seed: 'saved', set: { age: 60 }, frame: { size: 128 } };
      const base64 = await ask(page, `limner.generate(${JSON.stringify(recipe)}, {kind: '${kind}'}).then(async (r) => {
        const bytes = new Uint8Array(await r.blob.arrayBuffer()); let s = ''; for (const b of bytes) s += String.fromCharCode(b); return btoa(s); })`);
      const file = Buffer.from(base64, 'base64');
      const told = await exif(file, kind === 'jpeg' ? 'jpg' : 'png');
      assert.equal(told['XMP-iptcExt:DigitalSourceType'], SOURCE);
      assert.ok(Object.keys(told).some((key) => /AISystemUsed$/.test(key)), JSON.stringify(Object.keys(told)));
      assert.equal(told['XMP-iptcCore:AltTextAccessibility'], await ask(page, `limner.describe(${JSON.stringify(recipe)})`));
      assert.equal(Object.keys(told).find((key) => /Warning|Error/.test(key)), undefined, JSON.stringify(told));

      await page.setInputFiles('#file', { name: `saved.${kind}`, mimeType: `image/${kind}`, buffer: file });
      await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.get().seed === 'saved');
      const back = await ask(page, 'limner.get()');
      assert.equal(back.set.age, 60);

      const bare = await ask(page, `limner.generate(${JSON.stringify(recipe)}, {kind: '${kind}', withRecipe: false}).then(async (r) =>
        new TextDecoder('latin1').decode(await r.blob.arrayBuffer()).includes('"seed"'))`);
      assert.equal(bare, false, 'the switch leaves the recipe out');
    } finally {
      await visit.close();
    }
  });
}

test('the Save button gives a file', async () => {
  const visit = await open({ size: [1280, 800], before: () => Object.defineProperty(navigator, 'language', { value: 'de-AT' }) });
  try {
    const { page } = visit;
    const downloading = page.waitForEvent('download');
    await page.evaluate(() => document.getElementById('to-form')?.click());
    await page.getByRole('button', { name: 'Save picture' }).click();
    const saved = await downloading;
    assert.match(saved.suggestedFilename(), /^limner-.*\.png$/);
    const data = await readFile(/** @type {string} */ (await saved.path()));
    assert.equal(data.readUInt32BE(16), 1024);
    const told = await exif(data, 'png');
    assert.equal(told['XMP-iptcCore:AltTextAccessibility'], await ask(page, `limner.describe(limner.get(), 'de')`), 'in the language of the browser');
  } finally {
    await visit.close();
  }
});
