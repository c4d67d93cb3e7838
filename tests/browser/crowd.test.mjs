// The gallery: people without an end, facets, relatives, favourites, and many saved at once.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { ask, heapReader, open, picture, ready, said } from './session.mjs';

/** @param {import('playwright-core').Page} page @returns {Promise<any>} */
const state = (page) => ask(page, 'limner.crowd.state()');

/** @param {import('playwright-core').Page} page @param {number} [least] waits for thumbnails */
async function painted(page, least = 12) {
  for (let i = 0; i < 300; ++i) {
    if ((await state(page)).painted >= least) return;
    await page.waitForTimeout(200);
  }
  assert.fail(`only ${(await state(page)).painted} people were painted in a minute`);
}

/** The bytes of an archive made in the page. @param {import('playwright-core').Page} page @param {string} wish */
async function archive(page, wish) {
  const text = await ask(page, `limner.crowd.save(${wish}).then(async (blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let out = '';
    for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(out);
  })`);
  return Buffer.from(text, 'base64');
}

/** What Python's zipfile, which is not ours, makes of it. @param {Buffer} zip */
async function unpack(zip) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'limner-zip-'));
  try {
    const file = path.join(folder, 'a.zip');
    await writeFile(file, zip);
    const script = 'import csv,hashlib,io,json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nbad=z.testzip()\n' +
      "names=z.namelist()\nrows=list(csv.DictReader(io.StringIO(z.read('manifest.csv').decode(),newline='')))\n" +
      "print(json.dumps({'bad':bad,'names':names,'manifest':json.loads(z.read('manifest.json')),'rows':rows," +
      "'sha':{n:hashlib.sha256(z.read(n)).hexdigest() for n in names},'heads':{n:list(z.read(n)[:26]) for n in names}}))";
    const out = path.join(folder, 'out.json');
    await writeFile(out, execFileSync('python3', ['-c', script, file], { maxBuffer: 1 << 28 }));
    return JSON.parse(await readFile(out, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('open the gallery, scroll, choose, select, keep, go to relatives and back', async () => {
  const visit = await open({ size: [1440, 900] });
  try {
    const { page } = visit;
    await ask(page, `limner.crowd.do('open')`);
    await painted(page, 20);
    await picture(page, 'crowd');
    const before = await state(page);
    assert.equal(before.crowd.seed.length > 0, true);
    // The third picture of the first row: its middle chooses, its corners select and keep.
    await page.mouse.click(440, 150);
    await said(page, /\w+ .*\./);
    await page.mouse.move(440, 150);
    await page.mouse.wheel(0, 2400);
    await page.waitForTimeout(600);
    assert.ok((await state(page)).seen[0] > 20, 'the wheel goes on');
    await painted(page, 30);
    await picture(page, 'crowd-person');
    await ask(page, `limner.crowd.do('scroll', '0')`);
    await page.waitForTimeout(300);
    for (const [i, x] of [45, 210, 375].entries()) {
      await page.mouse.click(x, 88);
      await page.waitForFunction((n) => /** @type {any} */ (globalThis).limner.crowd.state().picked.length === n, i + 1);
    }
    await ask(page, `limner.crowd.do('breed', JSON.stringify(limner.crowd.state().picked))`);
    await painted(page, 12);
    const children = await state(page);
    assert.equal(children.crowd.kin.how, 'breed');
    assert.equal(children.crowd.kin.of.length, 3);
    await picture(page, 'crowd-children');
    await page.focus('#view');
    await page.keyboard.press('Control+z');
    await page.waitForFunction((seed) => /** @type {any} */ (globalThis).limner.crowd.state().crowd.seed === seed, before.crowd.seed);
    assert.deepEqual((await state(page)).crowd, before.crowd, 'undo leads back to the crowd before');
    await page.keyboard.press('Control+y');
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.kin);
    assert.deepEqual((await state(page)).crowd, children.crowd, 'and redo to the children again');
    await ask(page, `limner.crowd.do('tab', '2')`);
    await picture(page, 'crowd-save');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !/** @type {any} */ (globalThis).limner.crowd.state().open);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('drawn buttons: people like one, mixtures and children of those who are selected', async () => {
  const visit = await open({ size: [1440, 900] });
  try {
    const { page } = visit;
    await ask(page, `limner.crowd.do('open')`);
    await painted(page, 20);
    for (const [i, x] of [45, 210].entries()) {
      await page.mouse.click(x, 88);
      await page.waitForFunction((n) => /** @type {any} */ (globalThis).limner.crowd.state().picked.length === n, i + 1);
    }
    const { picked } = await state(page);
    const strangers = (await state(page)).crowd;
    /** Shows the third person, and presses what lies at `y` of the panel, scrolled to its end. @param {number} y */
    const press = async (y) => {
      await page.mouse.click(440, 150);
      await page.waitForTimeout(600);
      await page.mouse.move(1250, 600);
      await page.mouse.wheel(0, 2400);
      await page.waitForTimeout(800);
      await page.mouse.click(1240, y);
      await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.kin);
      return (await state(page)).crowd.kin;
    };
    const back = async () => {
      await page.mouse.click(1172, 34);
      await page.waitForFunction(() => !(/** @type {any} */ (globalThis).limner.crowd.state().crowd.kin));
      assert.deepEqual((await state(page)).crowd, strangers);
      await page.waitForTimeout(300);
    };
    const mixtures = await press(842);
    assert.equal(mixtures.how, 'mix');
    assert.deepEqual(mixtures.of, picked);
    await back();
    const children = await press(798);
    assert.equal(children.how, 'breed');
    assert.deepEqual(children.of, picked);
    await picture(page, 'crowd-children');
    await back();
    const alike = await press(612);
    assert.equal(alike.how, 'similar');
    assert.equal(alike.of.length, 1);
    assert.notDeepEqual(alike.of[0], picked[0]);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('relatives of relatives: generations lead back, and are there at the next visit', async () => {
  const visit = await open({ size: [1440, 900] });
  try {
    const { page } = visit;
    await ask(page, `limner.crowd.do('open')`);
    await painted(page, 12);
    const strangers = (await state(page)).crowd;
    await ask(page, `limner.crowd.do('similar', JSON.stringify([limner.crowd.recipe(limner.crowd.state().crowd, 2)]))`);
    await painted(page, 6);
    const alike = (await state(page)).crowd;
    for (const i of [0, 1, 4]) await ask(page, `limner.crowd.do('pick', limner.crowd.recipe(limner.crowd.state().crowd, ${i}))`);
    await ask(page, `limner.crowd.do('mix', JSON.stringify(limner.crowd.state().picked))`);
    await painted(page, 12);
    const mixed = await state(page);
    assert.equal(mixed.crowd.kin.how, 'mix');
    assert.deepEqual(mixed.lineage.map((/** @type {any} */ one) => one.what).slice(1), ['More like one', 'Mixtures of 3']);
    await picture(page, 'crowd-lineage');
    await page.reload();
    await ready(page);
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().lineage.length === 3);
    assert.deepEqual((await state(page)).crowd, mixed.crowd, 'the crowd of the last visit');
    await ask(page, `limner.crowd.do('open')`);
    await painted(page, 12);
    // The first of the three stands left of the others, in the bar.
    await page.mouse.click(200, 34);
    await page.waitForFunction(() => !/** @type {any} */ (globalThis).limner.crowd.state().crowd.kin);
    assert.deepEqual((await state(page)).crowd, strangers);
    assert.equal((await state(page)).canRedo, true, 'what came after is not lost');
    await ask(page, `limner.crowd.do('redo')`);
    assert.deepEqual((await state(page)).crowd, alike);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('facets and presets, drawn from the schema', async () => {
  const visit = await open({ size: [1440, 900] });
  try {
    const { page } = visit;
    await ask(page, `limner.crowd.do('open')`);
    await ask(page, `limner.crowd.do('crowd', {crowd: 1, seed: 'f', facets: {age: [60, 80], 'glasses.style': ['round']}})`);
    await painted(page, 12);
    for (let i = 0; i < 5; ++i) {
      const recipe = await ask(page, `limner.crowd.recipe(limner.crowd.state().crowd, ${i})`);
      assert.ok(recipe.set.age >= 60 && recipe.set.age <= 80);
      assert.equal(recipe.set['glasses.style'], 'round');
      assert.equal(recipe.seed, `f/${i}`);
    }
    await page.mouse.click(1200, 640); // a group of facets
    await picture(page, 'crowd-facets');
    // Counts are of everybody looked through, as many as there are and no more.
    const counted = (/** @type {number} */ looked) => ask(page, `(async () => {
      for (;;) {
        const told = limner.crowd.count(${looked});
        if (!told.more) return told.facets;
        await new Promise((resolve) => setTimeout(resolve));
      }
    })()`);
    const facets = await counted(700);
    const glasses = facets['glasses.style'];
    assert.equal(glasses.of, 700);
    assert.equal(glasses.counts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b), 700);
    assert.ok(glasses.counts.filter(Boolean).length > 1, 'what else there would be to choose from');
    await ask(page, `limner.crowd.do('preset', 'team')`);
    await painted(page, 12);
    await picture(page, 'crowd-team');
    assert.equal((await state(page)).count, 12);
    assert.equal((await counted(700))['glasses.style'].of, 12, 'a team of twelve is twelve');
    for (const [bad, code] of [[`{facets: {age: [5, 9]}}`, 'recipe.range'], [`{facets: {wings: [0, 1]}}`, 'crowd.unknown'], [`'['`, 'crowd.json']]) {
      const error = await ask(page, `(() => { try { limner.crowd.check(${bad}); } catch (e) { return {code: e.code, sentence: e.sentence}; } })()`);
      assert.equal(error.code, code);
      assert.match(error.sentence, /\.$/);
    }
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('ten thousand people are scrolled past in bounded memory', async () => {
  const visit = await open({ size: [1440, 900] });
  try {
    const { page } = visit;
    const heaps = await heapReader(page);
    await ask(page, `limner.crowd.do('open')`);
    await painted(page, 30);
    const before = await heaps();
    let worst = 0;
    await page.mouse.move(500, 500);
    for (let step = 1; (await state(page)).seen[1] < 10000; ++step) {
      assert.ok(step < 400, `after ${step} steps only person ${(await state(page)).seen[1]} is seen`);
      await ask(page, `limner.crowd.do('scroll', '${step * 3000}')`);
      await page.waitForTimeout(120);
      const { tiles } = await state(page);
      worst = Math.max(worst, tiles);
    }
    await painted(page, 30);
    const after = await heaps();
    await picture(page, 'crowd-ten-thousand');
    assert.ok(worst <= 300, `${worst} thumbnails were kept`);
    assert.ok(after.wasm - before.wasm < 30e6, `the wasm heap grew from ${before.wasm} to ${after.wasm}`);
    assert.ok(after.js - before.js < 10e6, `the JavaScript heap grew from ${before.js} to ${after.js}`);
    // Frames stay short while people are painted behind.
    const { frameBuildMedian } = await ask(page, 'limner.timing()');
    assert.ok(frameBuildMedian < 8, `building a frame takes ${frameBuildMedian} ms`);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('many become a ZIP that others can read, with a row for everybody', async () => {
  const visit = await open();
  try {
    const { page } = visit;
    for (const sink of ['opfs', 'blob']) {
      const zip = await unpack(await archive(page, `{crowd: {seed: 'zip', facets: {age: [30, 40]}}, count: 12, size: 64, transparent: true, sink: '${sink}'}`));
      assert.equal(zip.bad, null);
      const onDisk = await page.evaluate(async () => {
        const names = [];
        for await (const name of /** @type {any} */ (await navigator.storage.getDirectory()).keys()) names.push(name);
        return names.length;
      });
      assert.equal(onDisk, 1, 'written to the private disk the first time, and still there for its download');
      assert.deepEqual(zip.names, [...Array.from({ length: 12 }, (_, i) => `${String(i + 1).padStart(4, '0')}.png`), 'manifest.json', 'manifest.csv']);
      assert.equal(zip.manifest.people.length, 12);
      assert.equal(zip.rows.length, 12);
      for (const [i, person] of zip.manifest.people.entries()) {
        assert.equal(person.sha256, zip.sha[person.file]);
        assert.equal(zip.rows[i].sha256, person.sha256);
        assert.equal(person.seed, `zip/${i}`);
        assert.ok(person.attributes.age >= 30 && person.attributes.age <= 40);
        assert.equal(Number(zip.rows[i].age), person.attributes.age);
        assert.match(person.alt, /\w+ .*\.$/);
        assert.equal(zip.rows[i].alt, person.alt);
        assert.equal(zip.heads[person.file][25], 6, 'RGBA');
        assert.deepEqual(zip.heads[person.file].slice(16, 24), [0, 0, 0, 64, 0, 0, 0, 64]);
      }
      // The picture in the archive carries its recipe: the same person again.
      const again = await ask(page, `limner.crowd.recipe({seed: 'zip', facets: {age: [30, 40]}}, 3)`);
      assert.deepEqual(zip.manifest.people[3].recipe.set, again.set);
    }
    for (const [wish, code] of [[`{crowd: {}, count: 0, size: 64}`, 'save.count'], [`{crowd: {}, count: 5, size: 8000}`, 'save.size'], [`{crowd: {facets: 7}, count: 5, size: 64}`, 'crowd.type'], [`{recipes: ['{"set":{"age":3}}'], size: 64}`, 'recipe.range']]) {
      const error = await ask(page, `limner.crowd.save(${wish}).then(() => null, (e) => ({code: e.code, sentence: e.sentence}))`);
      assert.equal(error?.code, code, wish);
    }
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('cancelled half-way: nothing is left behind, and the next archive works', async () => {
  const visit = await open({ size: [1200, 800] });
  try {
    const { page } = visit;
    await ask(page, `limner.crowd.do('open')`);
    const running = ask(page, `limner.crowd.save({crowd: {seed: 'c'}, count: 400, size: 64}).then(() => null, (e) => ({code: e.code, sentence: e.sentence}))`);
    running.catch(() => undefined); // should the story end before
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().saving.done >= 6);
    const busy = await ask(page, `limner.crowd.save({crowd: {}, count: 2, size: 64}).then(() => null, (e) => e.code)`);
    assert.equal(busy, 'save.busy');
    await ask(page, `limner.crowd.do('tab', '2')`);
    await ask(page, 'limner.crowd.pause(true)');
    await page.waitForTimeout(600);
    const { done } = (await state(page)).saving;
    await picture(page, 'crowd-saving'); // takes as long as the gallery, which may be painted now
    assert.ok((await state(page)).saving.done - done <= 3, 'paused: what was painted already is packed, and no more');
    await ask(page, 'limner.crowd.cancel()');
    assert.equal((await running).code, 'save.cancelled');
    const left = await page.evaluate(async () => {
      const names = [];
      for await (const name of /** @type {any} */ (await navigator.storage.getDirectory()).keys()) names.push(name);
      return names;
    });
    assert.deepEqual(left, []);
    assert.equal((await unpack(await archive(page, `{crowd: {seed: 'c'}, count: 3, size: 64}`))).manifest.people.length, 3);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('favourites are there at the next visit; where storage is forbidden a sentence says so', async () => {
  const visit = await open();
  try {
    const { page } = visit;
    await ask(page, `limner.crowd.do('keep', limner.crowd.recipe({seed: 'kept'}, 1))`);
    await ask(page, `limner.crowd.do('keep', limner.crowd.recipe({seed: 'kept'}, 2))`);
    await ask(page, `limner.crowd.do('unkeep', limner.crowd.recipe({seed: 'kept'}, 1))`);
    await page.waitForTimeout(500);
    await page.reload();
    await ready(page);
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().favourites === 1);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
  const forbidden = await open({ before: () => { Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } }); } });
  try {
    await ask(forbidden.page, `limner.crowd.do('keep', limner.crowd.recipe({seed: 'kept'}, 1))`);
    await said(forbidden.page, /does not let Limner keep favourites/);
    assert.equal((await state(forbidden.page)).favourites, 1, 'kept until the page is closed');
    await ask(forbidden.page, `limner.crowd.do('open')`);
    await said(forbidden.page, /does not let Limner keep where your crowd came from/);
    assert.ok((await state(forbidden.page)).crowd, 'the crowd is there all the same');
    assert.deepEqual(forbidden.complaints, []);
  } finally {
    await forbidden.close();
  }
});

test('the form: people in words, facets, selection and saving without a canvas', async () => {
  const visit = await open({ size: [1280, 800], before: () => { Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined }); } });
  try {
    const { page } = visit;
    await page.focus('#to-form');
    await page.keyboard.press('Enter');
    await page.locator('summary', { hasText: 'A crowd of people' }).click();
    await page.locator('.people li').nth(11).waitFor();
    await page.locator('summary', { hasText: 'Facets: Person' }).click();
    await page.getByRole('spinbutton', { name: 'Age from' }).fill('70');
    await page.getByRole('spinbutton', { name: 'Age from' }).press('Enter');
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.facets?.age?.[0] === 70);
    await page.getByRole('combobox', { name: 'Mix of people' }).selectOption('world');
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.mix === 'world');
    await page.locator('#twin-crowd-mix-about', { hasText: 'United Nations' }).waitFor(); // said a frame later
    await page.locator('#twin-crowd', { hasText: /About [\d,]+ of [\d,]+ people/ }).waitFor(); // of numbers, too
    await page.locator('summary', { hasText: 'Facets: light' }).click();
    await page.getByRole('checkbox', { name: /^Rembrandt: \d/ }).check();
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.light !== undefined);
    await page.locator('summary', { hasText: 'Facets: backdrop' }).click();
    await page.getByRole('radio', { name: /^Plain: / }).check();
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.base?.backdrop?.kind === 'plain');
    await page.waitForTimeout(500);
    assert.match(await page.locator('.people label').first().innerText(), /seventies|eighties|ninety|elderly|old/i);
    for (const i of [0, 2]) await page.locator('.people input.pick').nth(i).check();
    await picture(page, 'crowd-form');
    assert.equal((await state(page)).picked.length, 2);
    await page.getByRole('spinbutton', { name: 'Pixels on a side' }).fill('64');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the 2 selected as a ZIP' }).click();
    const file = await (await download).path();
    assert.equal((await unpack(await readFile(file))).manifest.people.length, 2);
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('#twin-crowd input, #twin-crowd button')]
        .filter((node) => !(node.textContent?.trim() || /** @type {HTMLInputElement} */ (node).labels?.length))
        .map((node) => node.outerHTML.slice(0, 90)));
    assert.deepEqual(nameless, []);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('the form: relatives with locks, ways back, favourites out and in, counts, a chosen file', async () => {
  const visit = await open({ size: [1280, 800], before: () => {
    Object.defineProperty(globalThis, 'showSaveFilePicker', { value: async () => (await navigator.storage.getDirectory()).getFileHandle('chosen.zip', { create: true }) });
  } });
  try {
    const { page } = visit;
    await page.focus('#to-form');
    await page.keyboard.press('Enter');
    await page.locator('summary', { hasText: 'A crowd of people' }).click();
    await page.locator('.people li').nth(11).waitFor();
    const by = (/** @type {string} */ name) => page.getByRole('button', { name, exact: true });
    await page.locator('summary', { hasText: 'Facets: Glasses and earrings' }).click();
    await page.locator('legend', { hasText: /, of 300 people/ }).first().waitFor();
    for (const i of [0, 2]) await page.locator('.people input.pick').nth(i).check();
    await page.locator('summary', { hasText: 'Family' }).click();
    await page.getByRole('checkbox', { name: 'Hair', exact: true }).check();
    await page.getByRole('slider', { name: 'Mutation of children' }).fill('0.4');
    await by('Children of the selected').click();
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.kin);
    const { kin } = (await state(page)).crowd;
    assert.deepEqual([kin.how, kin.amount, kin.locks], ['breed', 0.4, ['hair']]);
    await page.getByRole('slider', { name: 'Mutation of children' }).fill('0.6');
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.kin?.amount === 0.6);
    await by('Mixtures of the selected').click();
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.kin?.how === 'mix');
    await by('Undo in the crowd').click();
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.kin?.how === 'breed');
    await by('Redo in the crowd').click();
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().crowd.kin?.how === 'mix');
    await picture(page, 'crowd-form-family');
    await page.locator('nav[aria-label="Where these people come from"] [aria-current="step"]', { hasText: /^Here: Mixtures of/ }).waitFor();
    await page.getByRole('navigation', { name: 'Where these people come from' }).getByRole('button').first().click();
    await page.waitForFunction(() => !/** @type {any} */ (globalThis).limner.crowd.state().crowd.kin);

    for (const number of [1, 4]) await by(`Keep: person ${number}`).click();
    await by('Show your favourites').click();
    await page.waitForFunction(() => document.querySelectorAll('.people li').length === 2);
    await page.locator('#twin-crowd-about', { hasText: 'Your favourites. Here are 2 of 2.' }).waitFor();
    const download = page.waitForEvent('download');
    await by('Save favourites as a file').click();
    const file = await (await download).path();
    const saved = JSON.parse(await readFile(file, 'utf8'));
    assert.equal(saved.favourites.length, 2);
    for (let left = 1; left >= 0; --left) {
      await by('No longer keep: person 1').click();
      await page.waitForFunction((many) => document.querySelectorAll('.people li').length === many, left);
    }
    for (const spoilt of ['{"favourites":[{"set":{"age":3}}]}', 'not JSON']) {
      const choosing = page.waitForEvent('filechooser');
      await by('Open a file of favourites').click();
      await (await choosing).setFiles({ name: 'spoilt.json', mimeType: 'application/json', buffer: Buffer.from(spoilt) });
      await page.waitForTimeout(300);
      assert.equal((await state(page)).favourites, 0, 'a damaged file changes nothing');
    }
    const choosing = page.waitForEvent('filechooser');
    await by('Open a file of favourites').click();
    await (await choosing).setFiles({ name: 'favourites.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(saved)) });
    await page.waitForFunction(() => document.querySelectorAll('.people li').length === 2);
    assert.deepEqual(await ask(page, `[0, 1].map((i) => limner.crowd.favourite(i))`), saved.favourites);

    await page.getByRole('spinbutton', { name: 'Pixels on a side' }).fill('64');
    await by('Save the 2 selected as a ZIP').click();
    await said(page, /Saved\. The archive/);
    const chosen = await page.evaluate(async () => {
      const handle = await (await navigator.storage.getDirectory()).getFileHandle('chosen.zip');
      return [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
    });
    assert.equal((await unpack(Buffer.from(chosen))).manifest.people.length, 2, 'in the file that was chosen');
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

test('on a phone: tap a person, the sheet comes up, the circle selects', async () => {
  const visit = await open({ phone: true, size: [390, 844] });
  try {
    const { page } = visit;
    await ask(page, `limner.crowd.do('open')`);
    await painted(page, 12);
    await picture(page, 'crowd-phone');
    await page.touchscreen.tap(195, 250);
    await said(page, /\w+ .*\./);
    await page.waitForTimeout(1200);
    await picture(page, 'crowd-phone-person');
    await page.touchscreen.tap(65, 815);
    await page.waitForTimeout(500);
    await picture(page, 'crowd-phone-who');
    await page.touchscreen.tap(65, 815);
    await page.waitForTimeout(300);
    await page.touchscreen.tap(24, 74);
    await page.waitForFunction(() => /** @type {any} */ (globalThis).limner.crowd.state().picked.length === 1);
    await ask(page, `limner.crowd.do('similar', JSON.stringify(limner.crowd.state().picked))`);
    await painted(page, 6);
    await picture(page, 'crowd-phone-lineage');
    await page.touchscreen.tap(40, 76); // the generation before, under the bar
    await page.waitForFunction(() => !/** @type {any} */ (globalThis).limner.crowd.state().crowd.kin);
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});
