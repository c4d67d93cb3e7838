// Puts the served page together: build/site, from the list in tools/site.json.
//
// Beside the files it writes, for everything a browser compresses well, `name.br`; and `files.json`:
//   { "version": "…", "files": [{ "path": "app/app.mjs", "sha256": "…", "bytes": 1, "brotli": 1 }] }
// which the service worker precaches from and `./limner bench` adds up. The text @LIMNER_VERSION@ in the service
// worker becomes the version, so that a browser sees a new worker whenever any file changed.
// Files that fonts, icons or others make at build time come from tools/site/*.mjs: each exports
// `make(folder)`, writes below `folder`, and is run before copying when it or its inputs are newer.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const ROOT = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const SITE = path.join(ROOT, 'build/site');
const MADE = path.join(ROOT, 'build/made');
const COMPRESSED = path.join(ROOT, '.cache/brotli');
const LEAN = path.join(ROOT, '.cache/tight');
const SERVICE_WORKER = 'service-worker.js';
const OURS = path.join(ROOT, 'web/');
const ICON = 'web/icon.svg';
const COMPRESSIBLE = new Set(['.html', '.css', '.js', '.mjs', '.json', '.webmanifest', '.wgsl', '.svg', '.wasm', '.ttf', '.md', '.txt', '.onnx', '']);

/** @param {string | Uint8Array} data */
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** @param {string} folder @returns {Promise<string[]>} files below it, relative, sorted; dot files left out */
async function walk(folder) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const relative = path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name));
    if (!relative.split(path.sep).some((part) => part.startsWith('.'))) found.push(relative);
  }
  return found.sort();
}

/** Compressed once per content, kept in .cache. @param {Buffer} data @param {string} hash */
async function compress(data, hash) {
  const kept = path.join(COMPRESSED, `${hash}.br`);
  if (existsSync(kept)) return readFile(kept);
  // Quality 11 takes a minute on ONNX Runtime's 27 MB; 9 with a large window is within 2 % of it.
  const quality = data.length > 4e6 ? 9 : 11;
  const packed = await promisify(brotliCompress)(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
  await writeFile(kept, packed);
  return packed;
}

/** A script without its comments and spacing: they are for people, who read it in web/. @param {string} text @param {string} hash of it */
async function lean(text, hash) {
  const kept = path.join(LEAN, `${hash}.js`);
  if (existsSync(kept)) return readFile(kept);
  const { default: ts } = await import('typescript');
  const { ESNext } = ts.ScriptTarget;
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ESNext, module: ts.ModuleKind.ESNext, removeComments: true } });
  const short = tight(ts, outputText);
  await mkdir(LEAN, { recursive: true });
  await writeFile(kept, short);
  return Buffer.from(short);
}

/**
 * Token after token, with a space only where two would run together and a line's end wherever one could mean something.
 * @param {import('typescript')} ts @param {string} text
 */
function tight(ts, text) {
  const file = ts.createSourceFile('script.js', text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  let out = '';
  let end = 0;
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    const parts = node.getChildren(file);
    const token = node.getText(file);
    if (parts.length || !token) {
      parts.forEach(visit);
      return;
    }
    const between = text.slice(end, node.getStart(file));
    const sides = `${out.slice(-1)}${token[0]}`;
    if (between.includes('\n')) out += /[{([,;]$/.test(out) ? '' : '\n';
    else if (between && /^[\w$][\w$#\\]$|^\+\+$|^--$|\//.test(sides)) out += ' ';
    out += token;
    end = node.getEnd();
  };
  visit(file);
  return out;
}

/** @param {string} file @param {string | Uint8Array} data */
async function writeIfNew(file, data) {
  const old = existsSync(file) ? await readFile(file) : null;
  if (old && old.equals(typeof data === 'string' ? Buffer.from(data) : data)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, data);
}

async function assemble() {
  await mkdir(COMPRESSED, { recursive: true });
  const scripts = path.join(ROOT, 'tools/site');
  if (existsSync(scripts)) {
    for (const name of (await readdir(scripts)).filter((n) => n.endsWith('.mjs')).sort()) {
      await mkdir(MADE, { recursive: true });
      await (await import(pathToFileURL(path.join(scripts, name)).href)).make(MADE);
    }
  }

  /** @type {{ files: [string, string, string?][] }} */
  const list = JSON.parse(await readFile(path.join(ROOT, 'tools/site.json'), 'utf8'));
  /** @type {Map<string, string>} served path -> file */
  const sources = new Map();
  const missing = [];
  for (const [from, to, note] of list.files) {
    const source = path.join(ROOT, from);
    if (!existsSync(source)) {
      if (note !== 'optional') missing.push(from);
      else console.error(`limner: ${from} is not there; the page goes without it`);
    } else if ((await stat(source)).isDirectory()) {
      for (const file of await walk(source)) sources.set(path.posix.join(to, file), path.join(source, file));
    } else sources.set(to, source);
  }
  if (missing.length) throw new Error(`the page lacks ${missing.join(', ')}.`);

  /** @type {Map<string, Buffer>} */
  const contents = new Map();
  for (const [to, from] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (to.endsWith('.d.ts') || to === `web/${SERVICE_WORKER}`) continue;
    const data = await readFile(from);
    contents.set(to, from.startsWith(OURS) && to.endsWith('.js') ? await lean(data.toString('utf8'), sha256(data)) : data);
  }
  // Inside the page, because browsers fetch a page's icon again whenever its address changes, and ours holds the recipe.
  const icon = contents.get(ICON);
  const page = contents.get('index.html');
  if (icon && page) {
    const inline = `data:image/svg+xml,${encodeURIComponent(icon.toString('utf8').replaceAll('\n', ''))}`;
    contents.set('index.html', Buffer.from(page.toString('utf8').replace(`href="${ICON}"`, `href="${inline}"`)));
  }
  const hashes = [...contents].map(([to, data]) => `${sha256(data)} ${to}\n`).join('');
  const version = sha256(hashes).slice(0, 16);
  const worker = contents.get(SERVICE_WORKER);
  if (worker) contents.set(SERVICE_WORKER, Buffer.from(worker.toString('utf8').replaceAll('@LIMNER_VERSION@', version)));

  const files = [];
  const kept = new Set(['files.json']);
  for (const [to, data] of contents) {
    const hash = sha256(data);
    const packed = COMPRESSIBLE.has(path.extname(to)) ? await compress(data, hash) : null;
    await writeIfNew(path.join(SITE, to), data);
    kept.add(to);
    const smaller = packed && packed.length < data.length * 0.97;
    if (smaller) {
      await writeIfNew(path.join(SITE, `${to}.br`), packed);
      kept.add(`${to}.br`);
    }
    files.push({ path: to, sha256: hash, bytes: data.length, brotli: smaller ? packed.length : data.length });
  }
  for (const file of await walk(SITE)) if (!kept.has(file)) await rm(path.join(SITE, file));
  await writeIfNew(path.join(SITE, 'files.json'), `${JSON.stringify({ version, files }, null, 1)}\n`);

  const megabytes = (/** @type {number} */ n) => (n / 1e6).toFixed(2);
  const total = files.reduce((sum, file) => sum + file.brotli, 0);
  console.error(`limner: build/site is ready: ${files.length} files, ${megabytes(total)} MB compressed, version ${version}`);
}

assemble().catch((error) => {
  console.error(`limner: the page could not be put together: ${error.message}`);
  process.exit(1);
});
