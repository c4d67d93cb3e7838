// Limner on somebody else's site: embed.html in a frame of another origin.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { framePage, picture, startHost } from './host.mjs';
import { open } from './session.mjs';

const SANDBOX = 'sandbox="allow-scripts allow-same-origin"';

/** One Chromium and one Limner for all of these. @type {Awaited<ReturnType<typeof open>>} */
let visit;
/** @type {Awaited<ReturnType<typeof startHost>>[]} */
const hosts = [];

before(async () => {
  visit = await open({ wait: false, address: 'files.json', size: [520, 760] });
});
after(async () => {
  for (const host of hosts) host.close();
  await visit.close();
});

/** @param {string} query @param {{attributes?: string, html?: string, headers?: Record<string, string>, pages?: Record<string, string>}} [options] */
async function visitHost(query, { attributes = SANDBOX, html, headers, pages = {} } = {}) {
  const host = await startHost({ '/': html ?? framePage(query, attributes), ...pages }, visit.server.url, headers);
  hosts.push(host);
  const page = await visit.context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${host.url}/`);
  return { page, host, complaints };
}

/** Something in the host's page. @param {import('playwright-core').Page} page @param {string} expression @returns {Promise<any>} */
const run = (page, expression) => page.evaluate(`(async () => (${expression}))()`);

test('headless: listening, hello, ready; words, a picture as bytes, change, description', async () => {
  const { page, complaints } = await visitHost('mode=headless&lang=de');
  const first = await run(page, `until((m) => m.ns === 'limner')`);
  assert.deepEqual([first.type, Object.keys(first).sort().join()], ['listening', 'at,from,ns,type,v'], 'nothing is told before somebody is known');
  await run(page, `post({type: 'hello'})`);
  const ready = await run(page, `until((m) => m.type === 'ready')`).catch((error) => assert.fail([error.message, ...complaints].join('\n')));
  assert.equal(ready.capabilities.backend, 'WebAssembly');
  assert.ok(ready.capabilities.styles.includes('ink'));
  assert.ok(ready.schema.attributes.some((/** @type {any} */ one) => one.id === 'age'));
  assert.ok((await run(page, `until((m) => m.type === 'progress' && m.stage === 'loading').then((m) => m.total)`)) > 0);

  const words = await run(page, `ask('words', {text: 'eine ältere Frau mit Flumpe', base: {limner: 1}})`);
  assert.equal(words.type, 'result');
  assert.ok(words.recipe.set.age > 60);
  assert.deepEqual(words.unused.map((/** @type {any} */ part) => part.text), ['Flumpe']);

  const made = await run(page, `ask('generate', {recipe: {limner: 1, seed: 'ada'}, size: 64}).then(async (m) => ({ ...m, bytes: m.bytes.byteLength,
    real: (await createImageBitmap(new Blob([m.bytes], {type: m.mime}))).width, magic: new TextDecoder('latin1').decode(m.bytes.slice(1, 4)) }))`);
  assert.deepEqual([made.width, made.height, made.real, made.magic, made.mime], [64, 64, 64, 'PNG', 'image/png']);
  assert.match(made.alt, /^Ein|^Eine/);
  assert.equal(made.recipe.seed, 'ada');
  const stages = await run(page, `heard.filter((m) => m.type === 'progress' && m.id === 'h2').map((m) => m.stage)`);
  assert.deepEqual(stages, ['waiting', 'painting']);

  const set = await run(page, `ask('set', {recipe: {limner: 1, seed: 'eva', style: {name: 'ink'}}})`);
  assert.equal(set.recipe.style.name, 'ink');
  const change = await run(page, `until((m) => m.type === 'change')`);
  assert.deepEqual([change.recipe, change.by], [set.recipe, 'host']);
  assert.deepEqual((await run(page, `ask('get')`)).recipe, set.recipe);
  assert.match((await run(page, `ask('describe', {lang: 'fr'})`)).text, /^Un/);
  const exported = await run(page, `ask('export', {kind: 'jpeg', size: 64, withRecipe: false}).then((m) => ({...m, bytes: m.bytes.byteLength}))`);
  assert.equal(exported.mime, 'image/jpeg');
  assert.equal((await run(page, `ask('random', {seed: 'x'})`)).recipe.seed, 'x');
  assert.equal(await page.frames()[1].evaluate(() => crossOriginIsolated), false);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('calling off: what waits is not painted, and what follows is', async () => {
  const { page } = await visitHost('mode=headless&origin=https://elsewhere.example');
  await run(page, `post({type: 'hello'})`);
  await run(page, `new Promise((resolve) => setTimeout(resolve, 2500))`);
  assert.equal(await run(page, 'heard.length'), 0, 'a frame told to listen to another origin says nothing');
  await page.close();

  const second = await visitHost('mode=headless');
  await run(second.page, `post({type: 'hello'})`);
  await run(second.page, `until((m) => m.type === 'ready')`);
  const told = await run(second.page, `(async () => {
    const many = Array.from({length: 12}, (_, i) => ask('generate', {recipe: {limner: 1, seed: 'c' + i}, size: 256}));
    const stops = Array.from({length: 10}, (_, i) => ask('cancel', {target: 'h' + (i + 2)}));
    const answers = await Promise.all(many);
    return {answers: answers.map((m) => m.type + ' ' + (m.code ?? '')), found: (await Promise.all(stops)).filter((m) => m.found).length};
  })()`);
  assert.deepEqual(told.answers, ['result ', ...Array(10).fill('error cancelled'), 'result ']);
  assert.equal(told.found, 10);
  await second.page.close();
});

test('hostile and malformed messages, a flood, strangers: sentences, and it goes on', async () => {
  const stranger = `<!doctype html><script>setInterval(() => {
    try { parent.frames[0].postMessage({ns: 'limner', v: 1, id: 's', type: 'set', recipe: {limner: 1, seed: 'stolen'}}, '*'); } catch {}
  }, 20)</script>`;
  const other = await startHost({ '/': stranger }, '');
  hosts.push(other);
  const { page, complaints } = await visitHost('', { html: `${framePage('mode=headless', SANDBOX)}<iframe src="${other.url}/"></iframe>` });
  await run(page, `post({type: 'hello'})`);
  await run(page, `until((m) => m.type === 'ready')`);
  const before = (await run(page, `ask('get')`)).recipe;
  const codes = await run(page, `(async () => {
    const cyclic = {limner: 1}; cyclic.set = cyclic;
    const deep = {limner: 1}; let at = deep; for (let i = 0; i < 2000; ++i) at = at.set = {};
    const wide = {limner: 1, set: {}}; for (let i = 0; i < 100000; ++i) wide.set['k' + i] = i;
    const bad = [
      {limner: 1, set: {age: 12}}, {limner: 2}, {limner: 1, set: {nose: 1}}, {limner: 1, set: {age: NaN}}, {limner: 1, style: {name: 'nobody'}},
      {limner: 1, seed: 'x'.repeat(1e6)}, {limner: 1, set: new Map([['age', 20]])}, {limner: 1, set: new Uint8Array(1e6)}, {limner: 1, set: new Date()},
      {limner: 1, seed: 10n}, cyclic, deep, wide, '{', '[]', '"x"', {limner: 1, frame: {size: 1e9}}, JSON.parse('{"limner":1,"__proto__":{"set":1}}'),
    ];
    const answers = [];
    for (const recipe of bad) answers.push(await ask('set', {recipe}));
    return answers.map((m) => [m.type, m.code, m.sentence]);
  })()`);
  for (const [type, code, sentence] of codes) {
    assert.equal(type, 'error');
    assert.match(code, /^(recipe|style)\./);
    assert.match(sentence, /^\S.{8,300}[.?]$/s);
  }
  assert.deepEqual((await run(page, `ask('get')`)).recipe, before, 'nobody changed the portrait, the stranger neither');

  const floods = await run(page, `(async () => {
    for (let i = 0; i < 20000; ++i) post({id: 'f' + i, type: 'get'});
    await new Promise((resolve) => setTimeout(resolve, 3500));
    // A slow machine is still busy with what is dropped, and would drop the next one too.
    const late = () => new Promise((resolve) => setTimeout(resolve, 1000));
    while (!(await Promise.race([ask('get'), late()]))) ;
    return heard.filter((m) => m.code === 'message.flood').length;
  })()`);
  assert.ok(floods >= 1 && floods <= 3, `${floods} sentences about a flood`);
  const after = await run(page, `ask('generate', {recipe: {limner: 1}, size: 64}).then((m) => m.width)`);
  assert.equal(after, 64);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('prompts of any length and script: an answer, quickly', async () => {
  const { page, complaints } = await visitHost('mode=headless');
  await run(page, `post({type: 'hello'})`);
  await run(page, `until((m) => m.type === 'ready')`);
  const told = await run(page, `(async () => {
    const texts = ['a man with a red beard '.repeat(4500).slice(0, 100000), 'x'.repeat(100000), 'امرأة عجوز تضحك', 'אישה זקנה', '👩🏾‍🦱 smiling 🕶️', '\u202ean old man\u202c', '\ud800 broken \udfff', '\u0000\u0001', ''];
    const answers = [];
    for (const text of texts) {
      const started = performance.now();
      const m = await ask('words', {text});
      answers.push({type: m.type, code: m.code, ms: performance.now() - started, unused: m.unused?.length, recipe: Boolean(m.recipe)});
    }
    return answers;
  })()`);
  for (const one of told) {
    assert.ok(one.type === 'result' || /\w+\.\w+/.test(one.code), JSON.stringify(one));
    assert.ok(one.ms < 30000, `${one.ms} ms`);
  }
  const made = await run(page, `ask('words', {text: 'an old man smiling'}).then((m) => ask('generate', {recipe: m.recipe, size: 64})).then((m) => m.type)`);
  assert.equal(made, 'result');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a host that goes elsewhere in the middle of an export leaves nothing running', async () => {
  const { page, host, complaints } = await visitHost('mode=headless', { pages: { '/elsewhere': '<!doctype html><title>Elsewhere</title>' } });
  await run(page, `post({type: 'hello'})`);
  await run(page, `until((m) => m.type === 'ready')`);
  assert.equal(page.workers().length, 1);
  await run(page, `void Array.from({length: 8}, () => ask('export', {size: 2048}))`);
  await page.waitForTimeout(300);
  await page.goto(`${host.url}/elsewhere`);
  await page.waitForTimeout(1500);
  assert.deepEqual(page.workers(), [], 'the painting worker went with its frame');
  await page.goto(`${host.url}/`);
  await run(page, `post({type: 'hello'})`);
  await run(page, `until((m) => m.type === 'ready')`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the picker: a person chooses, the host hears; compact, themes and languages', async () => {
  const { page, complaints } = await visitHost('mode=picker&theme=light&lang=en&seed=ada');
  await run(page, `post({type: 'hello'})`);
  const ready = await run(page, `until((m) => m.type === 'ready')`);
  assert.equal(ready.recipe.seed, 'ada');
  const frame = page.frameLocator('#limner');
  await frame.locator('#picture.shown').waitFor({ timeout: 60000 });
  await frame.locator('#others img').nth(5).waitFor({ timeout: 60000 });
  assert.match(await frame.locator('#picture').getAttribute('alt') ?? '', /^An? \w+/);
  assert.match(await frame.locator('#others button').first().getAttribute('aria-label') ?? '', /^An? \w+/);
  const resized = await run(page, `until((m) => m.type === 'resize' && m.height > 400)`);
  assert.ok(resized.width > 400);
  await picture(page, 'embed-picker-light');

  await frame.getByRole('button', { name: 'New person' }).click();
  const other = await run(page, `until((m) => m.type === 'change' && m.by === 'person')`);
  assert.notEqual(other.recipe.seed, 'ada');
  await frame.getByLabel('Say it in words').fill('an old man with a grey beard and a flumpet');
  await frame.getByLabel('Say it in words').press('Enter');
  const said = await run(page, `until((m) => m.type === 'change' && m.recipe.set && m.recipe.set.age > 60)`);
  assert.ok(said.alt);
  await frame.getByText('Not understood: flumpet').waitFor();
  await frame.getByLabel('Say it in words').fill('Angela Merkel');
  await frame.getByLabel('Say it in words').press('Enter');
  await frame.getByText(/people who do not exist/).waitFor();
  await frame.getByLabel('Style').selectOption('ink');
  await run(page, `until((m) => m.type === 'change' && m.recipe.style && m.recipe.style.name === 'ink')`);
  await frame.getByRole('button', { name: 'Use this portrait' }).click();
  const used = await run(page, `until((m) => m.type === 'result' && m.of === 'use').then((m) => ({...m, bytes: m.bytes.byteLength}))`);
  assert.deepEqual([used.id, used.width, used.mime, used.recipe.style.name], [null, 1024, 'image/png', 'ink']);
  assert.deepEqual(complaints, []);
  await page.close();

  for (const [name, query] of [['compact-dark', 'mode=compact&theme=dark&lang=fr&seed=eva'], ['picker-dark', 'mode=picker&theme=dark&lang=de&seed=eva']]) {
    const shown = await visitHost(query);
    await shown.page.frameLocator('#limner').locator('#picture.shown').waitFor({ timeout: 60000 });
    if (name.startsWith('picker')) await shown.page.frameLocator('#limner').locator('#others img').nth(5).waitFor({ timeout: 60000 });
    const label = await shown.page.frameLocator('#limner').locator('#person').textContent();
    assert.equal(label, name.startsWith('picker') ? 'Neue Person' : 'Autre personne');
    await picture(shown.page, `embed-${name}`);
    assert.deepEqual(shown.complaints, []);
    await shown.page.close();
  }
});

test('a page made for Ready Player Me works by changing one address', async () => {
  // As that creator's documentation had it, word for word but for the address.
  const html = `<!doctype html><title>Game</title><iframe id="frame" style="width:480px;height:700px;border:0" allow="camera *; microphone *; clipboard-write"></iframe><p id="avatarUrl"></p>
<script>
  const events = [];
  const frame = document.getElementById('frame');
  frame.src = 'LIMNER/embed.html?compat=readyplayerme&frameApi&clearCache&bodyType=halfbody&language=en';
  window.addEventListener('message', subscribe);
  function parse(event) { try { return JSON.parse(event.data); } catch (error) { return null; } }
  function subscribe(event) {
    const json = parse(event);
    if (json?.source !== 'readyplayerme') return;
    events.push(json);
    if (json.eventName === 'v1.frame.ready') {
      frame.contentWindow.postMessage(JSON.stringify({ target: 'readyplayerme', type: 'subscribe', eventName: 'v1.**' }), '*');
    }
    if (json.eventName === 'v1.avatar.exported') {
      const image = new Image();
      image.onload = () => { document.getElementById('avatarUrl').textContent = image.naturalWidth + ' ' + json.data.url.slice(0, 22); };
      image.src = json.data.url;
    }
  }
</script>`;
  const { page, complaints } = await visitHost('', { html });
  await page.waitForFunction(`events.some((e) => e.eventName === 'v1.user.set')`, null, { timeout: 60000 });
  await page.frameLocator('#frame').getByRole('button', { name: 'Use this portrait' }).click();
  await page.waitForFunction(`document.getElementById('avatarUrl').textContent === '1024 data:image/png;base64,'`, null, { timeout: 60000 });
  const names = await run(page, `events.map((e) => e.eventName)`);
  assert.deepEqual(names, ['v1.frame.ready', 'v1.subscription.created', 'v1.user.set', 'v1.avatar.exported']);
  assert.deepEqual(complaints, []);
  await page.close();
});
