// Nothing leaves the device: every request of a whole session, written down outside the browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, open, picture } from './session.mjs';

test('a whole session: our own files while loading, nothing at all after', async () => {
  const visit = await open();
  try {
    const { page, proxy, server } = visit;
    const loaded = proxy.seen.length;
    assert.ok(loaded > 5);
    // A session: roll, words, sliders, light, style, similar people, save, copy, a look at the privacy view.
    await page.focus('#view');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('r');
    await ask(page, `limner.set(limner.words('an old man laughing, oil painting', {}).then ? (await limner.words('an old man laughing', {lang: 'en'})).recipe : {})`);
    await ask(page, `limner.generate(limner.random('private')).then((r) => r.width)`);
    for (const style of await ask(page, 'limner.styles.slice(0, 3)')) {
      await ask(page, `limner.generate({limner: 1, seed: 'p', style: {name: '${style}'}, frame: {size: 64}}).then((r) => r.width)`);
    }
    await page.mouse.click(700, 100);
    await page.waitForTimeout(1500);
    assert.deepEqual(proxy.seen.slice(loaded).map((one) => one.url), [], 'requests after the page was ready');
    const foreign = proxy.seen.filter((one) => !one.url.startsWith(`${server.url}/`));
    assert.deepEqual(foreign.map((one) => one.url), [], 'requests to somebody else');
    const counted = (await ask(page, 'limner.timing()')).requests;
    assert.deepEqual([counted.after, counted.elsewhere], [0, 0], 'the page counts the same');
    await picture(page, 'privacy');
  } finally {
    await visit.close();
  }
});

test('the policy holds: no eval, no connection to elsewhere, in the page itself', async () => {
  const visit = await open();
  try {
    const refused = await visit.page.evaluate(async () => {
      const violations = /** @type {string[]} */ ([]);
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      await fetch('https://example.com/').catch(() => undefined);
      // Not at once: what Playwright runs itself may evaluate.
      await new Promise((resolve) => setTimeout(() => {
        try {
          (0, eval)('1');
        } catch { /* as it should */ }
        resolve(undefined);
      }));
      const image = new Image();
      image.src = 'https://example.com/x.png';
      await new Promise((resolve) => setTimeout(resolve, 500));
      return violations.map((name) => name.replace(/-elem$/, '')).sort();
    });
    for (const directive of ['connect-src', 'img-src', 'script-src']) assert.ok(refused.includes(directive), directive);
    assert.ok(!visit.proxy.seen.some((one) => one.url.includes('example.com')));
  } finally {
    await visit.close();
  }
});
