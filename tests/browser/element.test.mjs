// <limner-portrait>: one script tag on somebody's page, one engine for all of them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { picture, startHost } from './host.mjs';
import { open } from './session.mjs';

/** @type {Awaited<ReturnType<typeof open>>} */
let visit;
/** @type {Awaited<ReturnType<typeof startHost>>[]} */
const hosts = [];

before(async () => {
  visit = await open({ wait: false, address: 'files.json', size: [960, 720] });
});
after(async () => {
  for (const host of hosts) host.close();
  await visit.close();
});

const page = (/** @type {string} */ body) => `<!doctype html><html lang="en"><title>Team</title>
<body style="font:16px system-ui;margin:16px"><script src="LIMNER/web/element.js" async></script>${body}</body>`;

/** @param {string} body @param {Record<string, string>} [headers] */
async function show(body, headers) {
  const host = await startHost({ '/': page(body) }, visit.server.url, headers);
  hosts.push(host);
  const shown = await visit.context.newPage();
  /** @type {string[]} */
  const complaints = [];
  shown.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  shown.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await shown.goto(`${host.url}/`);
  return { shown, complaints };
}

/** @param {import('playwright-core').Page} shown @param {string} selector @param {number} [count] */
const painted = (shown, selector, count = 1) => shown.waitForFunction(
  ([which, wanted]) => [...document.querySelectorAll(/** @type {string} */ (which))].filter((one) => one.shadowRoot?.querySelector('img.shown')).length >= /** @type {number} */ (wanted),
  /** @type {const} */ ([selector, count]), { timeout: 120000 });

/** @param {import('playwright-core').Page} shown @param {string} selector */
const inside = (shown, selector) => shown.evaluate((which) => {
  const one = /** @type {any} */ (document.querySelector(which));
  const { image, note } = one;
  return { alt: image.alt, width: one.getBoundingClientRect().width, pixels: image.naturalWidth, note: note.hidden ? '' : note.textContent, style: one.getAttribute('style'), recipe: one.shown };
}, selector);

test('seed, style, words, recipe, alternative texts, and what goes wrong', async () => {
  const { shown, complaints } = await show(`
    <limner-portrait id="a" seed="ada" style="ink" size="128"></limner-portrait>
    <limner-portrait id="b" words="an old man with a grey beard, smiling" size="96" shape="circle"></limner-portrait>
    <limner-portrait id="c" recipe='{"limner":1,"seed":"eva","set":{"age":30},"frame":{"size":2048}}' size="64" lang="de"></limner-portrait>
    <limner-portrait id="d" seed="ada" look="watercolour" size="128" alt="Our Ada"></limner-portrait>
    <limner-portrait id="e" seed="zoe" size="20" alt=""></limner-portrait>
    <limner-portrait id="f" recipe="{" size="140"></limner-portrait>
    <limner-portrait id="g" recipe='{"limner":1,"set":{"age":7}}' size="140"></limner-portrait>
    <limner-portrait id="h" words="Angela Merkel" size="140"></limner-portrait>`);
  await painted(shown, 'limner-portrait', 5);
  await shown.waitForFunction(() => [...document.querySelectorAll('limner-portrait')].slice(5).every((one) => /** @type {any} */ (one).note.hidden === false));
  const a = await inside(shown, '#a');
  assert.deepEqual([a.width, a.pixels, a.style, a.recipe.style.name], [128, 128, 'ink', 'ink']);
  assert.match(a.alt, /^An? .*\.$/);
  const b = await inside(shown, '#b');
  assert.ok(b.recipe.set.age > 60);
  assert.equal(b.recipe.frame.shape, 'circle');
  assert.match((await inside(shown, '#c')).alt, /^Eine? /);
  assert.deepEqual([(await inside(shown, '#d')).alt, (await inside(shown, '#d')).recipe.style.name], ['Our Ada', 'watercolour']);
  const e = await inside(shown, '#e');
  assert.deepEqual([e.alt, e.width, e.pixels], ['', 20, 64], 'smaller than Limner paints: shown smaller');
  assert.match((await inside(shown, '#f')).note, /JSON/);
  assert.match((await inside(shown, '#g')).note, /18 to 90/);
  assert.match((await inside(shown, '#h')).note, /do not exist/);
  // A change of attributes, and one frame for all.
  await shown.evaluate(() => document.querySelector('#a')?.setAttribute('seed', 'eva'));
  await shown.waitForFunction(() => /** @type {any} */ (document.querySelector('#a')).shown.seed === 'eva', null, { timeout: 60000 });
  assert.equal(await shown.evaluate(() => document.querySelectorAll('iframe').length), 1);
  await picture(shown, 'element');
  assert.deepEqual(complaints, []);
  await shown.close();
});

test('a page with a strict policy of its own', async () => {
  const policy = `default-src 'none'; script-src ${visit.server.url}; frame-src ${visit.server.url}; img-src blob:`;
  const { shown, complaints } = await show('<limner-portrait seed="ada" look="ink" size="64"></limner-portrait>', { 'content-security-policy': policy });
  await painted(shown, 'limner-portrait');
  assert.deepEqual(complaints.filter((text) => !/style/.test(text)), [], 'only the page’s own inline style is refused');
  await shown.close();
});

test('a hundred of them: lazy, each painted once, by one engine', async () => {
  const hundred = Array.from({ length: 100 }, (_, i) => `<limner-portrait seed="person ${i % 90}" size="64"></limner-portrait>`).join('\n');
  const { shown, complaints } = await show(`<div style="width:230px">${hundred}</div>
    <script>addEventListener('message', ({data}) => { if (data.ns !== 'limner') return; if (data.type === 'ready') window.readyAt = performance.now();
      if (data.type === 'result') window.resultAt ??= performance.now(); });
    addEventListener('limner-painted', () => { window.firstAt ??= performance.now(); window.count = (window.count ?? 0) + 1; });</script>`);
  await painted(shown, 'limner-portrait');
  await shown.waitForTimeout(1500);
  const early = await shown.evaluate(() => [...document.querySelectorAll('limner-portrait')].findLastIndex((one) => one.shadowRoot?.querySelector('img.shown')));
  assert.ok(early < 66, `what is far below is not painted yet (${early})`);
  for (let row = 0; row < 12; ++row) { // down the page as a reader goes, not faster than the painter
    await shown.evaluate((place) => scrollTo(0, place), row * 300);
    await shown.waitForFunction(() => [...document.querySelectorAll('limner-portrait')].every((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return bottom < 0 || top > innerHeight || one.shadowRoot?.querySelector('img.shown');
    }), null, { timeout: 120000 });
  }
  await shown.waitForFunction(() => /** @type {any} */ (globalThis).count >= 100, null, { timeout: 60000 });
  const told = await shown.evaluate(() => {
    const { readyAt, resultAt, firstAt, count } = /** @type {any} */ (globalThis);
    const urls = new Set([...document.querySelectorAll('limner-portrait')].map((one) => one.shadowRoot?.querySelector('img')?.src)).size;
    return { ready: readyAt, result: resultAt, first: firstAt, count, frames: document.querySelectorAll('iframe').length, urls };
  });
  assert.deepEqual([told.count, told.frames, told.urls], [100, 1, 90], 'a hundred shown, ninety painted, one engine');
  // How soon and in how much memory: ./limner bench sites.
  console.log(`first pixels ${(told.first - told.ready).toFixed(0)} ms after the engine was ready, its picture after ${(told.result - told.ready).toFixed(0)} ms`);
  assert.deepEqual(complaints, []);
  await shown.close();
});
