// The page's queue of pictures, on backends that do as they are told.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Fault } from '../../web/fault.js';
import { Painter } from '../../web/painter.js';

Object.assign(globalThis, { document: { hidden: false } });

const painted = { width: 1, height: 1, generateMs: 0, finishMs: 0 };
const quiet = { onPainted: () => undefined, onBusy: () => undefined, onFault: () => undefined };
/** @param {Partial<import('../../web/types').Backend>} [parts] @returns {any} */
const backend = (parts) => ({ name: 'test', paint: async () => painted, pixels: async () => new Uint8Array(4), close: () => undefined, ...parts });
/** @type {any} */
const portrait = { slot: 'portrait', index: 0, job: 1, size: 64, recipe: '{}' };

test('a backend that goes away in the middle: its portrait is painted by the next', async () => {
  /** @type {string[]} */
  const by = [];
  const painter = new Painter({ ...quiet, onPainted: () => by.push('painted') });
  painter.use(backend({ paint: () => new Promise(() => undefined) }));
  painter.ask(portrait);
  painter.use(null);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([by, painter.busy], [[], true]);
  painter.use(backend());
  assert.equal((await painter.pixels('{}')).backend, 'test');
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([by, painter.busy], [['painted'], false]);
});

test('when nothing will paint any more, whoever waits is told, and nothing is busy', async () => {
  for (const first of [null, backend({ paint: () => new Promise(() => undefined) })]) {
    const painter = new Painter(quiet);
    painter.use(first);
    painter.ask(portrait);
    const waiting = [painter.pixels('{}'), painter.pixels('{}')];
    painter.end(new Fault('pack.none', 'There is no pack.'));
    for (const asked of [...waiting, painter.pixels('{}')]) await assert.rejects(asked, { code: 'pack.none' });
    painter.ask(portrait);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(painter.busy, false);
  }
});
