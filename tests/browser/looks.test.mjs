// Pictures for people to look at, in build/screenshots: every tab at 1440 × 900, with the shipped pack where there is one.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { TINY, ask, makeSite, open, picture, settled, until } from './session.mjs';

const SHIPPED = path.resolve(fileURLToPath(new URL('../../models/portrait', import.meta.url)));
const TABS = ['person', 'light', 'picture', 'style', 'similar', 'words'];

test('every tab of the panel, at desk size', async () => {
  const visit = await open({ size: [1440, 900], site: await makeSite(existsSync(path.join(SHIPPED, 'pack.json')) ? SHIPPED : TINY) });
  try {
    const { page } = visit;
    await ask(page, `limner.set((await limner.words('a middle-aged woman with long curly red hair, smiling, round glasses', {base: {limner: 1, seed: 'looks'}, lang: 'en'})).recipe)`);
    for (const seed of ['one', 'two', 'looks']) await ask(page, `limner.set({limner: 1, seed: '${seed}'})`).then(() => settled(page));
    for (const [i, tab] of TABS.entries()) {
      await page.mouse.click(1022 + 69.6 * (i + 0.5), 100);
      if (tab === 'light') await page.mouse.click(1231, 300);
      if (tab === 'words') {
        await page.mouse.click(300, 34);
        await page.keyboard.type('an elderly man with a grey beard laughing, in Rembrandt light, wearing a flumpet');
        await page.keyboard.press('Enter');
        await until(page, '(limner.get().set ?? {}).age > 60');
      }
      await page.mouse.move(600, 20);
      await picture(page, `desk-${tab}`);
    }
    await page.mouse.click(1350, 34);
    await picture(page, 'desk-save');
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});
