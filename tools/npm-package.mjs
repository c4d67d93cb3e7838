// Puts the npm package together: build/npm/limner, from build/site and npm/. Run after ./limner build site.
//
//   node tools/npm-package.mjs           the folder
//   npm pack ./build/npm/limner          the file to publish or install

import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { recipeTypes } from './recipe-types.mjs';

const ROOT = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const SITE = path.join(ROOT, 'build/site');
export const PACKAGE = path.join(ROOT, 'build/npm/limner');

/** Parts of the page that work without it. */
const FROM_SITE = [
  'app/core.mjs', 'app/core.wasm', 'ort', 'made/shaders.json', 'LICENSE', 'LICENSE-pack', 'THIRD_PARTY.md',
  ...['backend-gpu', 'backend-worker', 'device', 'download', 'element', 'engine', 'fault', 'files', 'finish-gpu', 'generator', 'generator-worker', 'manifest', 'open-core', 'pack', 'portraits', 'worker-door']
    .map((name) => `web/${name}.js`),
];

/** @param {{pack?: string, to?: string}} [options] another generator's pack; another folder */
export async function makePackage({ pack = path.join(ROOT, 'models/portrait'), to = PACKAGE } = {}) {
  if (!existsSync(path.join(SITE, 'app/core.wasm'))) throw new Error('build/site is missing: ./limner build');
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const part of FROM_SITE) await cp(path.join(SITE, part), path.join(to, part), { recursive: true, filter: (from) => !from.endsWith('.br') });
  await cp(pack, path.join(to, 'models/portrait'), { recursive: true });
  for (const name of await readdir(path.join(ROOT, 'npm'))) {
    if (name !== 'package.json' && name !== 'README.md') await cp(path.join(ROOT, 'npm', name), path.join(to, 'npm', name));
  }
  await cp(path.join(ROOT, 'npm/README.md'), path.join(to, 'README.md'));

  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const manifest = JSON.parse(await readFile(path.join(ROOT, 'npm/package.json'), 'utf8'));
  await writeFile(path.join(to, 'package.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  await cp(path.join(ROOT, 'src/recipe/schema.json'), path.join(to, 'schema.json'));
  const schema = JSON.parse(await readFile(path.join(to, 'schema.json'), 'utf8'));
  const populations = JSON.parse(await readFile(path.join(ROOT, 'src/sitter/populations.json'), 'utf8'));
  const folder = path.join(ROOT, 'shaders/styles');
  const styles = await Promise.all((await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
    .map(async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8'))));
  await writeFile(path.join(to, 'npm/recipe.d.ts'), recipeTypes(schema, styles, populations));
  return to;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  makePackage().then((to) => console.error(`limner: ${path.relative(ROOT, to)} is ready`), (error) => {
    console.error(`limner: the npm package could not be put together: ${error.message}`);
    process.exit(1);
  });
}
