// Words in the page: six languages, though it begins with one.

import assert from 'node:assert/strict';
import { readFile, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { ask, makeSite, open, said, settled, until } from './session.mjs';

const german = () => Object.defineProperty(navigator, 'language', { value: 'de-DE' });

test('the other languages come after the first portrait, and before the page is ready', async () => {
  const visit = await open({ size: [1280, 800], before: german });
  try {
    const { page, site } = visit;
    const own = await readFile(path.join(site, 'app/app.wasm'));
    assert.ok(own.includes('"lang":"en"') && !own.includes('"lang":"de"'), 'app.wasm brings English alone');
    const { asked, first } = await page.evaluate(() => ({
      asked: performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/app/languages.txt'))?.startTime ?? 0,
      first: /** @type {any} */ (globalThis).limner.timing().marks.firstPortrait,
    }));
    assert.ok(asked >= first, `the languages were asked for ${first - asked} ms before the first portrait`);

    const text = 'eine lachende alte Frau mit kurzen grauen Haaren und runder Brille';
    for (const lang of ['de', '']) {
      const read = await ask(page, `limner.words('${text}', {base: {limner: 1, seed: 'w'}, lang: '${lang}'})`);
      assert.equal(read.lang, 'de');
      assert.equal(read.recipe.set['glasses.style'], 'round');
      assert.deepEqual(read.unused, []);
    }
    const long = await ask(page, `limner.words('${text}, '.repeat(100), {base: {limner: 1, seed: 'w'}})`); // in a worker
    assert.equal(long.lang, 'de');
    assert.match(await ask(page, `limner.describe({limner: 1, seed: 'w'}, 'de')`), / mit /);

    await page.mouse.click(300, 34);
    await page.keyboard.type('eine Frau von 83 Jahren');
    await page.keyboard.press('Enter');
    await until(page, '(limner.get().set ?? {}).age === 83');
    await settled(page);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('without the other languages the page says so and goes on in English', async () => {
  const site = await makeSite(undefined, async (folder) => {
    for (const name of ['languages.txt', 'languages.txt.br']) {
      const file = path.join(folder, 'app', name);
      await truncate(file, (await stat(file)).size >> 1);
    }
  });
  const visit = await open({ site, before: german });
  try {
    const { page } = visit;
    await said(page, /Only English could be loaded/);
    const read = await ask(page, `limner.words('a laughing woman of 83', {base: {limner: 1, seed: 'w'}, lang: 'de'})`);
    assert.equal(read.lang, 'en');
    assert.equal(read.recipe.set.age, 83);
    assert.match(await ask(page, `limner.describe({limner: 1, seed: 'w'}, 'de')`), / with /);
  } finally {
    await visit.close();
  }
});

test('words typed before their language came are read again', async () => {
  const visit = await open({ size: [1280, 800], wait: false, before: () => {
    Object.defineProperty(navigator, 'language', { value: 'de-DE' });
    // Held back until the test lets it go.
    const plain = globalThis.fetch;
    const held = new Promise((resolve) => { /** @type {any} */ (globalThis).letGo = resolve; });
    globalThis.fetch = async (what, options) => {
      if (String(what).endsWith('/app/languages.txt')) await held;
      return plain(what, options);
    };
  } });
  try {
    const { page } = visit;
    await page.waitForFunction(() => 'limner' in globalThis);
    await until(page, `limner.timing().marks.interactive > 0 && !document.getElementById('welcome')`);
    await page.mouse.click(300, 34);
    await page.keyboard.type('eine Frau von 83 Jahren mit runder Brille');
    await page.keyboard.press('Enter');
    await settled(page);
    assert.notEqual((await ask(page, 'limner.get()')).set?.['glasses.style'], 'round');
    await page.evaluate(() => /** @type {any} */ (globalThis).letGo());
    await until(page, `(limner.get().set ?? {})['glasses.style'] === 'round' && limner.get().set.age === 83`);
    await ask(page, 'limner.ready');
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});
