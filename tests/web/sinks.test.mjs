// Where archives go, without a browser: disks that take less than they are given, and what is left when it is called off.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BlobSink, FileSink, OpfsSink } from '../../web/sinks.js';

/** A private disk whose files take at most `most` bytes a write. @param {number} most @param {string[]} [names] files that are there */
function disk(most, names = []) {
  /** @type {Map<string, number[]>} */
  const files = new Map(names.map((name) => [name, []]));
  const root = {
    keys: async function* keys() { yield* [...files.keys()]; },
    removeEntry: async (/** @type {string} */ name) => { files.delete(name); },
    getFileHandle: async (/** @type {string} */ name) => {
      /** @type {number[]} */
      const bytes = [];
      files.set(name, bytes);
      return {
        getFile: async () => new Blob([new Uint8Array(bytes)]),
        createSyncAccessHandle: async () => ({
          write: (/** @type {Uint8Array} */ given, /** @type {{at: number}} */ { at }) => {
            const taken = given.subarray(0, most);
            taken.forEach((byte, i) => { bytes[at + i] = byte; });
            return taken.length;
          },
          flush() {}, close() {},
        }),
      };
    },
  };
  Object.defineProperty(globalThis, 'navigator', { value: { storage: { getDirectory: async () => root } }, configurable: true });
  return files;
}

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

/** @param {Blob | null} blob */
const content = async (blob) => new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer());

test('the private disk: what it takes in pieces is whole, and what earlier visits left goes', async () => {
  const files = disk(300, ['limner-archive-1-2', 'somebody-else']);
  const sink = await OpfsSink.open();
  await sink.write(bytes);
  await sink.write(bytes);
  assert.deepEqual(await content(await sink.finish()), new Uint8Array([...bytes, ...bytes]));
  assert.deepEqual([...files.keys()].map((name) => name.replace(/[0-9-]+$/, '')), ['somebody-else', 'limner-archive']);
});

test('the private disk: full is an error, not a loop or a hole; called off leaves nothing', async () => {
  const files = disk(0);
  const sink = await OpfsSink.open();
  await assert.rejects(sink.write(bytes), { name: 'QuotaExceededError' });
  await sink.abort();
  assert.equal(files.size, 0);
});

test('a chosen file: written in order and closed, or as it was before', async () => {
  /** @type {string[]} */
  const done = [];
  const handle = { createWritable: async () => ({
    write: async (/** @type {Uint8Array} */ given) => { done.push(`write ${given.length}`); },
    close: async () => { done.push('close'); }, abort: async () => { done.push('abort'); },
  }) };
  const whole = await FileSink.open(/** @type {any} */ (handle));
  await whole.write(bytes);
  assert.equal(await whole.finish(), null, 'it is where it should be already');
  await (await FileSink.open(/** @type {any} */ (handle))).abort();
  assert.deepEqual(done, ['write 1000', 'close', 'abort']);
});

test('blobs: pieces of a bounded size make the whole', async () => {
  const sink = new BlobSink();
  const piece = new Uint8Array(3 << 20).fill(7);
  for (let i = 0; i < 7; ++i) {
    await sink.write(piece);
    assert.ok(sink.bytes < 8 << 20, 'no more than a piece waits in memory');
  }
  const blob = await sink.finish();
  assert.equal(blob.size, 21 << 20);
  assert.equal(blob.type, 'application/zip');
});
