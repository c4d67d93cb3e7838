// Whatever comes in from outside: a sentence, and nothing is lost.

import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { ask, makeSite, open, picture, ready, said } from './session.mjs';

/** Drops a file on the page. @param {import('playwright-core').Page} page @param {string} name @param {Uint8Array} data */
async function drop(page, name, data) {
  await page.evaluate(([fileName, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], fileName));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, [name, Buffer.from(data).toString('base64')]);
}

test('hostile links: a sentence, and a portrait all the same', async () => {
  for (const fragment of ['#r=AAAA', '#r=%00%ff', `#r=${'A'.repeat(50000)}`, '#<script>alert(1)</script>']) {
    const visit = await open({ address: fragment });
    try {
      assert.ok((await ask(visit.page, 'limner.get()')).seed, 'somebody is on the stage');
      await said(visit.page, /\w+.*\.$/);
      assert.deepEqual(visit.complaints, []);
    } finally {
      await visit.close();
    }
  }
});

test('files that are not saved portraits', async () => {
  const visit = await open();
  try {
    const { page } = visit;
    const before = await ask(page, 'limner.get()');
    const plain = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const lying = Buffer.from(plain);
    lying.writeUInt32BE(0x7fffffff, 16); // a width the file does not have
    for (const [name, data] of /** @type {[string, Uint8Array][]} */ ([
      ['note.txt', Buffer.from('hello')], ['empty.png', Buffer.alloc(0)], ['lying.png', lying],
      ['cut.png', plain.subarray(0, 40)], ['noise.jpg', Buffer.from([0xff, 0xd8, ...Array(4000).fill(0xab)])],
    ])) {
      await page.evaluate(() => { const said = document.getElementById('said'); if (said) said.textContent = ''; });
      await drop(page, name, data);
      await said(page, /\w+.*\.$/);
      assert.deepEqual(await ask(page, 'limner.get()'), before, `${name} changed the portrait`);
    }
    // A whole picture without a recipe is told apart, and lends its manner.
    await drop(page, 'plain.png', plain);
    await said(page, /no recipe in this picture/);
    assert.deepEqual(await ask(page, 'limner.get()'), { ...before, style: { name: 'example' } });
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});

/** @param {string} name @param {(folder: string) => Promise<void>} spoil @param {RegExp} expected */
async function spoiled(name, spoil, expected) {
  const site = await makeSite(undefined, (folder) => spoil(path.join(folder, 'models/portrait')));
  const visit = await open({ site });
  try {
    assert.equal(await ask(visit.page, 'limner.backend'), 'none', name);
    const error = await ask(visit.page, `limner.generate({limner: 1}).catch((e) => e.code)`);
    assert.equal(error, 'pack.none');
    const told = await ask(visit.page, 'limner.trouble');
    assert.match(told, expected, name);
  } finally {
    await visit.close();
  }
}

test('packs that are not what they say', async () => {
  const edit = async (/** @type {string} */ folder, /** @type {(pack: any) => void} */ change) => {
    const file = path.join(folder, 'pack.json');
    const pack = JSON.parse(await readFile(file, 'utf8'));
    change(pack);
    await writeFile(file, JSON.stringify(pack));
  };
  await spoiled('a changed network', async (folder) => {
    const data = await readFile(path.join(folder, 'tiny.fp32.onnx'));
    data[data.length >> 1] ^= 0xff;
    await writeFile(path.join(folder, 'tiny.fp32.onnx'), data);
  }, /damaged/);
  await spoiled('a cut network', (folder) => truncate(path.join(folder, 'tiny.fp32.onnx'), 9999), /damaged/);
  await spoiled('another schema', (folder) => edit(folder, (pack) => { pack.inputs[0].shape = [1, 7]; }), /\w+/);
  await spoiled('not JSON', (folder) => writeFile(path.join(folder, 'pack.json'), '{"pack":'), /\w+/);
});

test('a page without a pack says so in a sentence and keeps its panel', async () => {
  const site = await makeSite(null);
  const visit = await open({ site, size: [1280, 800] });
  try {
    assert.match(await ask(visit.page, 'limner.trouble'), /trained generator/);
    await picture(visit.page, 'without-pack');
  } finally {
    await visit.close();
  }
});

test('forbidden storage does not stop anything', async () => {
  const visit = await open({ wait: false });
  try {
    await visit.context.addInitScript(() => {
      for (const name of ['localStorage', 'caches', 'indexedDB']) {
        Object.defineProperty(globalThis, name, { get() { throw new DOMException('no', 'SecurityError'); } });
      }
    });
    const page = await visit.context.newPage();
    await page.goto(`${visit.server.url}/`);
    await ready(page);
    assert.equal(await ask(page, `limner.generate({limner: 1, frame: {size: 64}}).then((r) => r.width)`), 64);
  } finally {
    await visit.close();
  }
});
