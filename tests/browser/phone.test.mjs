// A phone: portrait above, a sheet of controls below, fingers instead of a mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, open, picture } from './session.mjs';

test('tap the dice, change tabs, scroll the sheet, drag a slider', async () => {
  const visit = await open({ phone: true, size: [390, 844] });
  try {
    const { page } = visit;
    await picture(page, 'phone');
    const seed = (await ask(page, 'limner.get()')).seed;
    await page.touchscreen.tap(350, 406);
    await page.waitForFunction((old) => /** @type {any} */ (globalThis).limner.get().seed !== old, seed);

    const touch = await visit.context.newCDPSession(page);
    const drag = async (/** @type {number} */ x0, /** @type {number} */ y0, /** @type {number} */ x1, /** @type {number} */ y1) => {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x0, y: y0 }] });
      for (let i = 1; i <= 8; ++i) {
        await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: x0 + ((x1 - x0) * i) / 8, y: y0 + ((y1 - y0) * i) / 8 }] });
        await page.waitForTimeout(40);
      }
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await page.waitForTimeout(600);
    };
    // Along the first slider (Age): it changes.
    await drag(200, 670, 330, 670);
    assert.ok('age' in ((await ask(page, 'limner.get()')).set ?? {}), 'a finger along the slider changes the age');
    // Down the sheet over the same place: nothing changes but the scroll.
    const before = await ask(page, 'limner.get()');
    await drag(200, 720, 200, 560);
    assert.deepEqual(await ask(page, 'limner.get()'), before, 'scrolling must not change a slider');
    await picture(page, 'phone-scrolled');
    for (const [tab, x] of /** @type {[string, number][]} */ ([['light', 97], ['picture', 162], ['style', 227], ['similar', 292], ['words', 357]])) {
      await page.touchscreen.tap(x, 490);
      await picture(page, `phone-${tab}`);
    }
    assert.deepEqual(visit.complaints, []);
  } finally {
    await visit.close();
  }
});
