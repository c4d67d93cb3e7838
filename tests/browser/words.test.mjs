// Words in the page: six languages, though it begins with one.

import assert from 'node:assert/strict';
import { readFile, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { ask, makeSite, open, picture, said, settled, until } from './session.mjs';

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

const ELDERLY = 'an elderly woman with round glasses, oil painting';
/** What the portrait's recipe sets. @param {import('playwright-core').Page} page */
const set = async (page) => (await ask(page, 'limner.get()')).set ?? {};

test('a chip is dragged to change it, and pressed to take it back; edits made since stay', async () => {
  const visit = await open({ size: [1280, 800] });
  try {
    const { page } = visit;
    await page.mouse.click(300, 34);
    await page.keyboard.type(ELDERLY);
    await page.keyboard.press('Enter');
    await until(page, `(limner.get().set ?? {})['glasses.style'] === 'round'`);
    const { age } = await set(page);
    await page.mouse.move(600, 20);
    await picture(page, 'words-chips');

    const [x, y] = [960, 228]; // the first chip: "Age 72 years"
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let i = 1; i <= 6; ++i) await page.mouse.move(x - 5 * i, y);
    await settled(page);
    await picture(page, 'words-chip-turned');
    await page.mouse.up();
    const turned = (await set(page)).age;
    assert.ok(turned < age - 4 && turned > age - 20, `dragged to the left ${age} became ${turned}`);
    await page.keyboard.press('Control+z');
    await until(page, 'limner.get().set.age === what', age);
    await page.keyboard.press('Control+y');
    await until(page, 'limner.get().set.age === what', turned);

    await ask(page, `limner.set({...limner.get(), set: {...limner.get().set, 'expression.smile': 0.9}})`);
    await page.mouse.click(x, y);
    await until(page, '!("age" in limner.get().set)');
    const { style } = await ask(page, 'limner.get()');
    assert.deepEqual([(await set(page))['expression.smile'], (await set(page))['glasses.style'], style.name], [0.9, 'round', 'oil']);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('a chip of several numbers grows as one, a light’s chip steps through lights, and any language may be typed', async () => {
  const visit = await open({ size: [1280, 800] });
  try {
    const { page } = visit;
    await page.mouse.click(300, 34);
    await page.keyboard.type('eine lachende Frau, Rembrandt-Licht, blauer Hintergrund');
    await page.keyboard.press('Enter');
    await until(page, `(limner.get().light?.lights ?? []).length > 0`);
    await settled(page);
    await page.mouse.move(600, 20);
    await picture(page, 'words-chips-several');
    const drag = async (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ way) => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let i = 1; i <= 6; ++i) await page.mouse.move(x + (way * i) / 6, y);
      await settled(page);
      await page.mouse.up();
      await settled(page);
    };
    const before = await set(page);
    await drag(1060, 226, -60); // "lachende": Mouth open, Smile, Teeth, Squint
    const after = await set(page);
    for (const id of ['expression.smile', 'expression.smile_open', 'expression.jaw_open'])
      assert.ok(after[id] < before[id] - 0.05 && after[id] > 0.1, `${id}: ${before[id]} became ${after[id]}`);

    const light = async () => JSON.stringify((await ask(page, 'limner.get()')).light);
    const rembrandt = await light();
    await drag(1120, 265, 40); // "Rembrandt-Licht"
    const butterfly = await light();
    assert.notEqual(butterfly, rembrandt);
    assert.equal(JSON.parse(butterfly).lights[0].azimuth ?? 0, 0);

    await drag(1020, 304, 40); // "blauer Hintergrund"
    const { colour } = (await ask(page, 'limner.get()')).backdrop;
    assert.match(colour, /^#[0-9a-f]{6}$/);
    assert.notEqual(colour, '#2a56b0');
    await picture(page, 'words-chips-dragged');
    await page.keyboard.press('Control+z');
    await until(page, `limner.get().backdrop.colour === '#2a56b0'`);
    assert.equal(await light(), butterfly);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('a finger turns a chip instead of scrolling', async () => {
  const visit = await open({ phone: true, size: [390, 844] });
  try {
    const { page } = visit;
    await page.touchscreen.tap(357, 490);
    await settled(page);
    await page.touchscreen.tap(150, 600);
    await settled(page); // the field has the focus a frame later
    await page.keyboard.type(ELDERLY);
    await page.keyboard.press('Enter');
    await until(page, `(limner.get().set ?? {})['glasses.style'] === 'round'`);
    const { age } = await set(page);
    await picture(page, 'phone-chips');
    const touch = await visit.context.newCDPSession(page);
    const [x, y] = [60, 690];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    for (let i = 1; i <= 8; ++i) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: x + 5 * i, y }] });
      await page.waitForTimeout(40);
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await settled(page);
    assert.ok((await set(page)).age > age + 4);
  } finally {
    await visit.close();
  }
});

test('the form has the same chips, by keyboard', async () => {
  const visit = await open({ size: [1280, 800] });
  try {
    const { page } = visit;
    await page.evaluate(() => document.getElementById('to-form')?.click());
    const words = page.getByLabel('Describe the portrait in words');
    await words.fill(ELDERLY);
    await words.press('Enter');
    const age = page.getByRole('slider', { name: '“elderly”: Age' });
    await age.waitFor();
    const before = Number(await age.inputValue());
    await age.press('ArrowLeft');
    await said(page, /Age: \d+ years/);
    assert.equal((await set(page)).age, before - 1);
    await page.getByLabel('“round glasses”: Glasses').selectOption('square');
    assert.equal((await set(page))['glasses.style'], 'square');
    await page.getByRole('button', { name: 'Take back “elderly”' }).press('Enter');
    await until(page, '!("age" in limner.get().set)');
    assert.equal(await age.count(), 0);
    assert.doesNotMatch(await page.locator('#twin-understood').textContent() ?? '', /elderly/);
  } finally {
    await visit.close();
  }
});
