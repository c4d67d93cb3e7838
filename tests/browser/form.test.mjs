// The accessible twin: the same portrait without seeing a canvas.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, open, picture, said, until } from './session.mjs';

test('by keyboard alone: reach the form, change the age, hear about it, roll, undo', async () => {
  const visit = await open({ size: [1280, 800] });
  try {
    const { page } = visit;
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'to-form', 'the first stop leads to the form');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New person' }).waitFor();
    await page.locator('summary', { hasText: 'Person' }).first().focus();
    await page.keyboard.press('Enter');
    const age = page.getByRole('slider', { name: 'Age', exact: true });
    await age.focus();
    const before = Number(await age.inputValue());
    await page.keyboard.press(before > 50 ? 'ArrowLeft' : 'ArrowRight');
    await said(page, /Age: \d+ years/);
    assert.equal((await ask(page, 'limner.get()')).set.age, Number(await age.inputValue()));
    assert.notEqual(Number(await age.inputValue()), before);
    await picture(page, 'form');
    const seed = (await ask(page, 'limner.get()')).seed;
    await page.getByRole('button', { name: 'New person', exact: true }).press('Enter');
    assert.notEqual((await ask(page, 'limner.get()')).seed, seed);
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    assert.equal((await ask(page, 'limner.get()')).seed, seed);
    // And back: the panel's state shows in the form.
    await ask(page, `limner.set({limner: 1, seed: 'x', set: {age: 88}})`);
    await until(page, `document.getElementById('twin-age').value === '88'`);
  } finally {
    await visit.close();
  }
});

test('words typed into the form: what they were taken for, and what was not used', async () => {
  const visit = await open({ size: [1280, 800] });
  try {
    const { page } = visit;
    await page.evaluate(() => document.getElementById('to-form')?.click());
    const words = page.getByLabel('Describe the portrait in words');
    await words.fill('a woman of 62 with auburn hair in a bob and a flumpet, oil painting');
    await words.press('Enter');
    await page.waitForFunction(() => document.getElementById('twin-understood')?.textContent);
    const told = await page.locator('#twin-understood').textContent() ?? '';
    for (const part of [/“[^”]*62”: Age 62 years/, /“auburn”: [^.]*Redness \d+/, /“bob”: Style Bob/, /“oil painting”: Style Oil/, /“flumpet”: not used$/]) assert.match(told, part);
    assert.doesNotMatch(told, /undefined|null|object/);
    assert.equal((await ask(page, 'limner.get()')).set.age, 62);
  } finally {
    await visit.close();
  }
});

test('every control has a name', async () => {
  const visit = await open();
  try {
    const nameless = await visit.page.evaluate(() =>
      [...document.querySelectorAll('#form input, #form select, #form button')]
        .filter((node) => !(node.textContent?.trim() || /** @type {HTMLInputElement} */ (node).labels?.length))
        .map((node) => node.outerHTML.slice(0, 90)));
    assert.deepEqual(nameless, []);
    const count = await visit.page.evaluate(() => document.querySelectorAll('#form input[type=range], #form select').length);
    const schema = await ask(visit.page, 'limner.schema.attributes');
    const expected = schema.reduce((/** @type {number} */ sum, /** @type {any} */ a) => sum + (a.type === 'vector' ? a.length : 1), 0);
    assert.equal(count, expected);
  } finally {
    await visit.close();
  }
});
