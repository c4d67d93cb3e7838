import { writeFileSync } from 'node:fs';
import { makeSite, open } from './session.mjs';
const site = await makeSite('models/portrait');
const [w, h] = (process.argv[3] ?? '1440x900').split('x').map(Number);
const visit = await open({ site, size: [w, h] });
const page = visit.page;
for (const s of process.argv[2].split(',')) {
  await page.evaluate((seed) => globalThis.limner.set({ limner: 1, seed }), s);
  await new Promise((r) => setTimeout(r, 14000));
  writeFileSync(`/tmp/proto/shot-${s}-${w}.png`, await page.screenshot());
  console.log(s);
}
await visit.close();
