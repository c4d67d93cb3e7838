// The npm package as somebody gets it: packed with the tiny pack, installed into an empty project, without a network.

import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { makePackage } from '../../tools/npm-package.mjs';

export const ROOT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/**
 * @typedef {{code: number, out: string, err: string, json: () => any}} Ran
 * @typedef {{folder: string, run: (command: string, words?: string[], options?: {env?: Record<string, string>, timeout?: number}) => Promise<Ran>, limner: (...words: string[]) => Promise<Ran>, remove: () => Promise<void>}} Project
 */

/** @returns {Promise<Project>} */
export async function emptyProject() {
  const folder = await mkdtemp(path.join(tmpdir(), 'limner-cli-'));
  const project = path.join(folder, 'project');
  await mkdir(project);
  await writeFile(path.join(project, 'package.json'), '{"name":"somebody","private":true,"type":"module"}');
  /** @type {Project['run']} */
  const run = async (command, words = [], { env = {}, timeout = 300000 } = {}) => {
    const bin = path.join(project, 'node_modules/.bin');
    const options = { cwd: project, timeout, maxBuffer: 64e6, env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env } };
    try {
      const { stdout, stderr } = await promisify(execFile)(command, words, options);
      return { code: 0, out: stdout, err: stderr, json: () => JSON.parse(stdout) };
    } catch (thrown) {
      const { code, stdout = '', stderr = '' } = /** @type {any} */ (thrown);
      return { code: typeof code === 'number' ? code : -1, out: stdout, err: stderr, json: () => JSON.parse(stdout) };
    }
  };
  const built = await makePackage({ pack: path.join(ROOT, 'tests/browser/pack-tiny'), to: path.join(folder, 'limner') });
  const packed = await run('npm', ['pack', built, '--json', '--pack-destination', folder]);
  if (packed.code) throw new Error(packed.err);
  const [{ filename }] = packed.json();
  const installed = await run('npm', ['install', path.join(folder, filename), '--offline', '--no-audit', '--no-fund']);
  if (installed.code) throw new Error(installed.err);
  return { folder: project, run, limner: (...words) => run('limner', words), remove: () => rm(folder, { recursive: true, force: true }) };
}
