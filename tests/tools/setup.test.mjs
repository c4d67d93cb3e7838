// What is pinned is pinned, and what is written down about it is current.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { notices } from '../../tools/notices.mjs';

const ROOT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const read = (/** @type {string} */ name) => readFileSync(path.join(ROOT, name), 'utf8');

test('THIRD_PARTY.md says what the pins say', async () => {
  assert.equal(read('THIRD_PARTY.md'), await notices(), 'node tools/notices.mjs writes it');
});

test('every npm package is pinned to one version and to its bytes, and to no registry', () => {
  const described = JSON.parse(read('package.json'));
  for (const [name, version] of Object.entries({ ...described.dependencies, ...described.devDependencies }))
    assert.match(String(version), /^\d+\.\d+\.\d+$/, `${name} is not pinned`);
  for (const folder of ['.', 'tools/emscripten-npm', 'tools/node-npm']) {
    const lock = JSON.parse(read(path.join(folder, 'package-lock.json')));
    for (const [where, entry] of Object.entries(lock.packages)) {
      if (where === '') continue;
      assert.match(entry.integrity ?? '', /^sha512-/, `${folder}: ${where} has no hash`);
      assert.equal(entry.resolved, undefined, `${folder}: ${where} names a registry`);
    }
  }
});

test('every pin with a hash has a whole SHA-256', () => {
  const hashes = [...read('emsdk.env').matchAll(/^(\w*SHA256)=(.*)$/gm)];
  assert.ok(hashes.length >= 7);
  for (const [, name, value] of hashes) assert.match(value, /^[0-9a-f]{64}$/, name);
});

test('an archive that is not the pinned one is refused', () => {
  const script = `set -euo pipefail; . tools/common.sh
    f=$(mktemp); printf x >"$f"
    has_sha256 "$f" 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 && echo same
    has_sha256 "$f" 0000000000000000000000000000000000000000000000000000000000000000 || echo other
    rm "$f"; has_sha256 "$f" '' || echo absent`;
  assert.equal(execFileSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8' }), 'same\nother\nabsent\n');
});

test('every Debian package says what it is for, in a group that exists', () => {
  for (const line of read('tools/packages.txt').split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue;
    assert.match(line, /^[a-z0-9][a-z0-9+.|-]*\s+(@\S+\s+)?# \S/, line);
    assert.doesNotMatch(line, /# (?!build|test|train)\w+:/, `${line}: no such group`);
  }
});

test('./limner answers for itself', () => {
  const help = execFileSync('./limner', ['help'], { cwd: ROOT, encoding: 'utf8' });
  for (const word of ['setup', 'build', 'serve', 'test', 'bench', 'eval', 'sitters', 'train'])
    assert.match(help, new RegExp(`\\./limner ${word}`));
  const unknown = spawnSync('./limner', ['conjure'], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /there is no command 'conjure'/);
});
