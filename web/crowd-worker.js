// Off the page's thread: pictures become PNGs, PNGs become a ZIP, and the ZIP goes to where it is wanted while it grows.
// Nothing but the archive's directory and the manifests' text is kept.

import { asFault, Fault, unwrap } from './fault.js';
import { BlobSink, FileSink, OpfsSink } from './sinks.js';
import { Manifest } from './manifest.js';
import { openCore } from './open-core.js';

/** @typedef {{do: 'begin', app: WebAssembly.Module, sink: 'file' | 'opfs' | 'blob', handle?: FileSystemFileHandle, about: object, schema: any}} Begin */

// Fetched with the page, so that nothing is asked for when somebody saves.
const coreModule = import(new URL('../app/app.mjs', import.meta.url).href);

/** @type {import('./types').Core | null} */
let core = null;
/** @type {import('./sinks.js').Sink | null} */
let sink = null;
/** @type {Manifest | null} */
let manifest = null;
let archive = 0;
let written = 0;

/** @param {Uint8Array} bytes */
async function put(bytes) {
  await /** @type {import('./sinks.js').Sink} */ (sink).write(bytes);
  written += bytes.length;
}

/** @param {Begin} what */
async function begin({ app, sink: kind, handle, about, schema }) {
  const { default: create } = await coreModule;
  core = await openCore(create, app);
  if (kind === 'file') sink = await FileSink.open(/** @type {FileSystemFileHandle} */ (handle));
  if (kind === 'opfs') sink = await OpfsSink.open().catch(() => null); // forbidden in some frames: memory then
  sink ??= new BlobSink();
  manifest = new Manifest(schema, about);
  written = 0;
  const now = new Date();
  archive = /** @type {import('./types').Core} */ (core).zipBegin(now.getFullYear(), now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds());
}

/** @param {{name: string, rgba: Uint8Array, width: number, height: number, recipe: string, options: any}} picture */
async function add({ name, rgba, width, height, recipe, options }) {
  if (!core || !manifest) throw new Fault('save.closed', 'This archive is closed already.');
  const png = unwrap(core.encodePng(rgba, width, height, JSON.stringify({ ...options, recipe })));
  manifest.add({ file: name, recipe, altText: options.altText, sha256: core.sha256Of(png), width, height, values: JSON.parse(unwrap(core.valuesOf(recipe))) });
  await put(unwrap(core.zipAdd(archive, name, png, false)));
  return written;
}

async function finish() {
  if (!core || !manifest || !sink) throw new Fault('save.closed', 'This archive is closed already.');
  await put(unwrap(core.zipAdd(archive, 'manifest.json', manifest.json(), true)));
  await put(unwrap(core.zipAdd(archive, 'manifest.csv', manifest.csv(), true)));
  await put(unwrap(core.zipFinish(archive)));
  const file = await sink.finish();
  forget();
  return file;
}

/** The core with its memory goes too: the next archive gets a fresh one. */
function forget() {
  core = null;
  sink = null;
  manifest = null;
}

async function abort() {
  const open = sink;
  forget();
  await open?.abort();
}

// One thing after the other, in the order they came.
let before = Promise.resolve();
self.onmessage = ({ data }) => {
  before = before.then(async () => {
    try {
      const value = data.do === 'begin' ? await begin(data) : data.do === 'add' ? await add(data) : data.do === 'finish' ? await finish() : await abort();
      self.postMessage({ id: data.id, value });
    } catch (thrown) {
      const full = thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
      const fault = asFault(thrown, full ? 'save.full' : 'save.write',
        full ? 'There is no room left for the archive on this device. Choose fewer or smaller pictures.' : 'The archive could not be written there.');
      self.postMessage({ id: data.id, error: { code: fault.code, sentence: fault.sentence } });
    }
  });
};
