// Third-party notices, from the pins: node tools/notices.mjs writes THIRD_PARTY.md; --check only says whether it is current.
// What is pinned: emsdk.env and package-lock.json. What a pin does not say (who, which licence) is in COMPONENTS below;
// an npm package that reaches the page's build without being named there makes this fail.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const FILE = path.join(ROOT, 'THIRD_PARTY.md');

/**
 * What a visitor's browser receives. `version` is a name in emsdk.env or npm's own.
 * @type {{ name: string, pin?: string, npm?: string, licence: string, copyright: string, what: string }[]}
 */
const COMPONENTS = [
  {
    name: 'Dear ImGui',
    pin: 'IMGUI_VERSION',
    licence: 'MIT',
    copyright: 'Copyright (c) 2014-2025 Omar Cornut',
    what: 'the control panel (with stb_textedit, stb_rectpack and stb_truetype by Sean Barrett, MIT or public domain)',
  },
  {
    name: 'Emscripten runtime',
    pin: 'EMSCRIPTEN_VERSION',
    licence: 'MIT',
    copyright: 'Copyright (c) 2010-2024 Emscripten authors',
    what: 'the core and panel in the browser (with musl, MIT, and libc++ and compiler-rt, Apache-2.0 with LLVM exceptions)',
  },
  {
    name: 'JSON for Modern C++',
    licence: 'MIT',
    copyright: 'Copyright (c) 2013-2025 Niels Lohmann; (c) 2009 Florian Loitsch; (c) 2008-2009 Björn Hoehrmann',
    what: "reading and writing recipes; Debian's nlohmann-json3-dev",
  },
  {
    name: 'ONNX Runtime Web',
    npm: 'onnxruntime-web',
    licence: 'MIT',
    copyright: 'Copyright (c) Microsoft Corporation',
    what: "runs the generator on WebGPU; what it contains in turn is in its repository's ThirdPartyNotices.txt",
  },
  {
    name: 'Inter',
    npm: '@fontsource/inter',
    licence: 'OFL-1.1',
    copyright: 'Copyright 2016 The Inter Project Authors (https://github.com/rsms/inter)',
    what: 'type, cut down to the characters used',
  },
  {
    name: 'Fraunces',
    npm: '@fontsource/fraunces',
    licence: 'OFL-1.1',
    copyright: 'Copyright 2020 The Fraunces Project Authors (github.com/undercasetype/Fraunces)',
    what: 'type of the headings, cut down to the characters used',
  },
  {
    name: 'Lucide',
    npm: 'lucide-static',
    licence: 'ISC',
    copyright: 'Copyright (c) Lucide Icons and Contributors; parts (c) 2013-2022 Cole Bemis (Feather, MIT)',
    what: 'icons, cut down to those used',
  },
  {
    name: 'World Population Prospects 2019',
    licence: 'CC-BY-3.0-IGO',
    copyright: 'Copyright © 2019 by United Nations, Department of Economic and Social Affairs, Population Division',
    what: 'how old the people of a crowd are (src/sitter/populations.json, rounded to thousands)',
  },
];

/** Direct dependencies of package.json that only build the page and leave nothing in it. */
const BUILD_ONLY = new Set(['subset-font']);

/** Material the training pictures are rendered from; nothing of it is in the repository. */
const MATERIAL = [
  ['MakeHuman base mesh, targets, skins, clothes', 'CC0-1.0', 'makehumancommunity/makehuman, makehuman-assets'],
  ['ICT-FaceKit', 'MIT, Copyright (c) 2020 USC Institute for Creative Technologies', 'ICT-VGL/ICT-FaceKit'],
  ['CharMorph Vitruvian strand hairstyles', 'CC0-1.0', 'Upliner/CharMorph-Vitruvian'],
];

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR
IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const ISC = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`;

/** @typedef {{ packages: Record<string, { version?: string, license?: string, dev?: boolean, dependencies?: Record<string, string> }> }} Lock */

/** @returns {Promise<string>} what THIRD_PARTY.md should say */
export async function notices() {
  const read = (/** @type {string} */ name) => readFile(path.join(ROOT, name), 'utf8');
  /** @type {Record<string, string>} */
  const pins = Object.fromEntries([...(await read('emsdk.env')).matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map((m) => [m[1], m[2]]));
  /** @type {Lock} */
  const lock = JSON.parse(await read('package-lock.json'));
  const named = new Set(COMPONENTS.map((c) => c.npm));
  for (const name of Object.keys(lock.packages[''].dependencies ?? {})) {
    if (!named.has(name) && !BUILD_ONLY.has(name)) throw new Error(`say in tools/notices.mjs what ${name} is for and whose it is.`);
  }
  const rows = COMPONENTS.filter((c) => !c.npm || lock.packages[`node_modules/${c.npm}`]).map((c) => {
    const version = c.npm ? lock.packages[`node_modules/${c.npm}`].version : c.pin ? pins[c.pin] : '';
    return `| ${c.name}${version ? ` ${version}` : ''} | ${c.licence} | ${c.copyright} | ${c.what} |`;
  });
  const tools = Object.entries(lock.packages)
    .filter(([where]) => where && !named.has(where.replace('node_modules/', '')))
    .map(([where, p]) => `${where.replace(/^.*node_modules\//, '')} ${p.version} (${p.license ?? 'see the package'})`);

  return `# Third-party notices

Written by \`node tools/notices.mjs\` from the pins in \`emsdk.env\` and \`package-lock.json\`; a test holds it to them.

## In the page

| What | Licence | Copyright | For |
|---|---|---|---|
${rows.join('\n')}

## To build and to test, and what these packages need in turn

Catch2 ${pins.CATCH2_VERSION} (BSL-1.0); Debian packages of \`tools/packages.txt\` under their own licences; from npm:
${[...new Set(tools)].sort().join(', ')}.

## Rendered from, to train the generator

${MATERIAL.map(([what, licence, where]) => `- ${what}: ${licence} (${where})`).join('\n')}

The pack in \`models/portrait\` is ours and under CC0-1.0 (\`LICENSE-pack\`); the code is under Apache-2.0 (\`LICENSE\`).

## Licence texts

### MIT

${MIT}

### ISC

${ISC}

### OFL-1.1

Beside each font's own copyright in the page's \`licences\` folder, where the packages' licence files are copied to.

### CC-BY-3.0-IGO

https://creativecommons.org/licenses/by/3.0/igo/legalcode
`;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const text = await notices();
  if (!process.argv.includes('--check')) await writeFile(FILE, text);
  else if ((await readFile(FILE, 'utf8').catch(() => '')) !== text) {
    console.error('limner: THIRD_PARTY.md is not current: node tools/notices.mjs writes it.');
    process.exit(1);
  }
}
