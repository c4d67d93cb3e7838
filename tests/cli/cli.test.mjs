// The command line as somebody meets it who installed the package.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';

import { emptyProject, ROOT } from './package.mjs';

/** @type {import('./package.mjs').Project} */
let project;
before(async () => {
  project = await emptyProject();
});
after(() => project.remove());

const at = (/** @type {string} */ name) => path.join(project.folder, name);
const SIGNED = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** Entries of an archive that our writer made: names and contents. @param {Buffer} zip */
function unzip(zip) {
  /** @type {Map<string, Buffer>} */
  const entries = new Map();
  for (let place = 0; zip.readUInt32LE(place) === 0x04034b50;) {
    const [method, packed, name, extra] = [zip.readUInt16LE(place + 8), zip.readUInt32LE(place + 18), zip.readUInt16LE(place + 26), zip.readUInt16LE(place + 28)];
    const from = place + 30 + name + extra;
    const data = zip.subarray(from, from + packed);
    entries.set(zip.toString('utf8', place + 30, place + 30 + name), method === 8 ? inflateRawSync(data) : data);
    place = from + packed;
  }
  return entries;
}

test('the package: no dependencies, types that fit, no stray files', async () => {
  const folder = at('node_modules/limner');
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  assert.deepEqual([manifest.dependencies, manifest.version], [undefined, JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')).version]);
  await writeFile(at('use.ts'), `import { createLimner, LimnerError, type Recipe } from 'limner';
const recipe: Recipe = { limner: 1, seed: 'ada', set: { age: 40, 'hair.style': 'bob', identity: [0, 1] }, style: { name: 'ink' } };
const limner = await createLimner({ paint: false });
const alt: string = limner.describe(recipe, 'de');
// @ts-expect-error there is no such hair
const wrong: Recipe = { limner: 1, set: { 'hair.style': 'beehive' } };
// @ts-expect-error nor such an attribute
const odd: Recipe = { limner: 1, set: { tail: 1 } };
const member: Recipe = limner.member({ crowd: 1, facets: { age: [20, 30], 'glasses.style': ['round'] } }, 3);
console.log(alt, wrong, odd, member, LimnerError);
`);
  await writeFile(at('tsconfig.json'), JSON.stringify({
    compilerOptions: { noEmit: true, strict: true, target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', lib: ['ES2022', 'DOM'], types: [] }, files: ['use.ts'],
  }));
  const checked = await project.run(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.']);
  assert.equal(checked.code, 0, checked.out);
});

test('paint: a labelled picture, JSON on stdout, sentences on stderr', async () => {
  const ran = await project.limner('paint', '--words', 'an elderly woman with round glasses and a flumpet', '--size', '64', '--seed', 'ada', '--out', 'face.png');
  assert.equal(ran.code, 0, ran.err);
  const told = ran.json();
  const file = await readFile(at('face.png'));
  assert.deepEqual([file.readUInt32BE(16), told.width, told.bytes], [64, 64, file.length]);
  assert.equal(told.sha256, createHash('sha256').update(file).digest('hex'));
  assert.equal(told.recipe.seed, 'ada');
  assert.deepEqual(told.words.unused.map((/** @type {any} */ one) => one.text), ['flumpet']);
  assert.match(ran.err, /An? .*woman/);

  const read = (await project.limner('read', 'face.png')).json();
  assert.deepEqual([read.what, read.says.digitalSourceType, read.contentCredentials], ['a portrait of nobody, made by a model', `${SIGNED}trainedAlgorithmicMedia`, false]);
  assert.deepEqual(read.recipe, told.recipe);
  assert.equal(read.says.altText, told.alt);

  // The recipe of the picture, its link and the command give the same pixels.
  const again = await project.limner('paint', '--recipe', `https://limner.example/#${read.fragment}`, '--out', '-', '--quiet', '--no-recipe');
  assert.equal(again.code, 0, again.err);
  assert.ok(again.out.length > 500);
});

test('what is wrong gets a sentence, JSON and its exit code', async () => {
  await writeFile(at('not-a-picture.png'), 'hello');
  await writeFile(at('cut.png'), (await readFile(path.join(ROOT, 'tests/golden/credited.png'))).subarray(0, 300));
  for (const [code, ...words] of /** @type {[number, ...string[]][]} */ ([
    [2], [2, 'juggle'], [2, 'paint'], [2, 'paint', '--out', 'x.png', '--colour', 'red'], [2, 'paint', '--out', 'x.png', '--size', 'big'],
    [2, 'crowd', '--count', '0', '--zip', 'x.zip'], [2, 'crowd', '--count', '2'], [2, 'crowd', '--count', '2', '--zip', 'x.zip', '--shard', '3/2'],
    [2, 'crowd', '--count', '2', '--zip', 'x.zip', '--facet', 'age'], [2, 'style', 'face.png'], [2, 'read'], [2, 'read', 'a', 'b'],
    [3, 'paint', '--out', 'x.png', '--words', 'Angela Merkel'], [3, 'paint', '--out', 'x.png', '--words', 'a child'], [3, 'paint', '--out', 'x.png', '--recipe', '{"limner":1,"set":{"age":7}}'],
    [3, 'paint', '--out', 'x.png', '--style', 'nobody'], [3, 'paint', '--out', 'x.png', '--recipe', '{'], [3, 'paint', '--out', 'x.png', '--recipe', '#r=AAAA'],
    [3, 'crowd', '--count', '2', '--zip', 'x.zip', '--facet', 'tail=1..2'], [3, 'crowd', '--count', '2', '--zip', 'x.zip', '--mix', 'stirred'],
    [4, 'read', 'nowhere.png'], [4, 'read', 'not-a-picture.png'], [4, 'style', 'cut.png', '--style', 'ink'], [4, 'style', 'not-a-picture.png', '--style', 'ink'],
    [4, 'paint', '--recipe', 'nowhere.json', '--out', 'x.png'], [4, 'paint', '--size', '64', '--out', 'no/such/folder/x.png'],
    [5, 'paint', '--size', '64', '--out', 'x.png', '--pack', 'nowhere'],
  ])) {
    const ran = await project.limner(...(words.length ? words : ['--nothing']));
    assert.equal(ran.code, code, `${words.join(' ')}: ${ran.err}`);
    const { error } = ran.json();
    assert.match(error.code, /^\w+\.\w+/, words.join(' '));
    assert.ok(ran.err.includes(error.sentence) && error.sentence.length > 8 && !ran.err.includes('    at '), ran.err);
  }
  for (const name of ['x.png', 'x.zip']) await assert.rejects(stat(at(name)), `${name} was written all the same`);
});

test('long, foreign and broken words', async () => {
  for (const text of ['a man with a red beard '.repeat(4300), 'امرأة عجوز تضحك', '👩🏾‍🦱🕶️', '\u202ean old man']) {
    const ran = await project.limner('paint', '--words', text, '--size', '64', '--out', 'odd.png', '--quiet');
    assert.equal(ran.code, 0, ran.err.slice(0, 300));
  }
});

test('a crowd: numbered seeds, a manifest, and shards that add up to it', async () => {
  const common = ['--count', '5', '--seed', 'team', '--mix', 'europe_northern_america', '--size', '64', '--facet', 'age=30..40', '--style', 'ink', '--quiet'];
  const whole = await project.limner('crowd', ...common, '--zip', 'whole.zip');
  assert.equal(whole.code, 0, whole.err);
  assert.equal(whole.err, '');
  const entries = unzip(await readFile(at('whole.zip')));
  assert.deepEqual([...entries.keys()], ['0.png', '1.png', '2.png', '3.png', '4.png', 'manifest.json', 'manifest.csv']);
  const manifest = JSON.parse(String(entries.get('manifest.json')));
  assert.deepEqual(manifest.people.map((/** @type {any} */ one) => one.seed), ['team/0', 'team/1', 'team/2', 'team/3', 'team/4']);
  const rows = String(entries.get('manifest.csv')).trim().split('\r\n');
  assert.equal(rows.length, 6);
  assert.match(rows[0], /^file,seed,style,width,height,sha256,alt,age,/);
  for (const one of manifest.people) {
    const picture = /** @type {Buffer} */ (entries.get(one.file));
    assert.equal(createHash('sha256').update(picture).digest('hex'), one.sha256);
    assert.ok(one.recipe.set.age >= 30 && one.recipe.set.age <= 40);
    assert.equal(one.recipe.style.name, 'ink');
  }
  const shards = [];
  for (const shard of ['1/2', '2/2']) {
    assert.equal((await project.limner('crowd', ...common, '--shard', shard, '--folder', `part-${shard[0]}`)).code, 0);
    shards.push(...JSON.parse(await readFile(at(`part-${shard[0]}/manifest.json`), 'utf8')).people);
  }
  const plain = (/** @type {any[]} */ people) => people.map(({ file, seed, recipe, alt, attributes }) => ({ file, seed, recipe, alt, attributes })).sort((a, b) => (a.file < b.file ? -1 : 1));
  assert.deepEqual(plain(shards), plain(manifest.people));
  assert.deepEqual((await readdir(at('part-2'))).sort(), ['1.png', '3.png', 'manifest.csv', 'manifest.json']);
});

test('an interrupted crowd leaves no half archive', async () => {
  const child = spawn(process.execPath, [at('node_modules/limner/npm/cli.js'), 'crowd', '--count', '5000', '--size', '64', '--zip', at('half.zip')], { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise((resolve) => child.stderr.once('data', resolve));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  assert.equal(code, 130);
  await assert.rejects(stat(at('half.zip')));
});

test('an interrupted photo is not written', async () => {
  await copyFile(path.join(ROOT, 'tests/golden/credited.jpg'), at('stopped.jpg'));
  const child = spawn(process.execPath, [at('node_modules/limner/npm/cli.js'), 'style', at('stopped.jpg'), '--style', 'oil', '--out', at('stopped.png')], { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise((resolve) => child.stderr.once('data', resolve));
  child.kill('SIGINT');
  let out = '';
  child.stdout.on('data', (data) => { out += data; });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 130);
  assert.equal(JSON.parse(out).error.code, 'cancelled');
  await assert.rejects(stat(at('stopped.png')));
});

test('a photo in a style: its author stays, its place goes, it says what it is', async () => {
  await copyFile(path.join(ROOT, 'tests/golden/credited.jpg'), at('photo.jpg'));
  const before = (await project.limner('read', 'photo.jpg')).json();
  const ran = await project.limner('style', 'photo.jpg', '--style', 'ink', '--out', 'ink.png');
  assert.equal(ran.code, 0, ran.err);
  const told = ran.json();
  assert.deepEqual([told.width, told.height], [before.width, before.height]);
  const read = (await project.limner('read', 'ink.png')).json();
  assert.deepEqual([read.what, read.says.digitalSourceType, read.recipe], ['a photo under a filter', `${SIGNED}algorithmicallyEnhanced`, null]);
  assert.equal(read.says.creator, before.says?.creator ?? '');
});
