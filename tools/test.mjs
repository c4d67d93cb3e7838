// Every test of Limner, stage by stage: `./limner test`, or some stages: `./limner test unit page`, or `--list`.
//
// A stage builds what it needs, runs, and says how many tests passed and failed; it never stops the later ones. The last
// line is the sum. Anything failed, or nothing run at all: exit code 1.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const PYTHON = '/usr/bin/python3';
const LOGS = path.join(ROOT, 'build/test');
const FUZZ_SECONDS = Number(process.env.LIMNER_FUZZ_SECONDS ?? 10);

/**
 * @typedef {{ passed: number, failed: number, skipped?: number, note?: string }} Counts
 * @typedef {{ name: string, what: string, extra?: boolean, run: () => Promise<Counts> }} Stage an extra one repeats part of another and runs only when named
 * @typedef {{ code: number, output: string }} Ran
 */

/**
 * Runs a command to its end; what it says goes to build/test/<log>.log, and to the screen when `show`.
 * @param {string} log
 * @param {string} command
 * @param {string[]} words
 * @param {{ env?: Record<string, string>, cwd?: string, show?: boolean, minutes?: number }} [options]
 * @returns {Promise<Ran>}
 */
function run(log, command, words, { env = {}, cwd = ROOT, show = false, minutes = 20 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, words, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    /** @type {string[]} */
    const parts = [];
    const take = (/** @type {Buffer} */ data) => {
      parts.push(data.toString());
      if (show) process.stderr.write(data);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const stop = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended by itself in the meantime.
      }
    };
    const timer = setTimeout(() => {
      parts.push(`\nstopped after ${minutes} minutes\n`);
      stop();
    }, minutes * 60e3);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      const output = parts.join('');
      writeFileSync(path.join(LOGS, `${log}.log`), output);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      parts.push(`${command}: ${error.message}\n`);
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** The last lines of what went wrong, on the screen. @param {string} output @param {number} [lines] */
function show(output, lines = 60) {
  process.stderr.write(`${output.trimEnd().split('\n').slice(-lines).join('\n')}\n`);
}

/** @param {string} folder @param {RegExp} pattern @returns {string[]} paths relative to the project */
function list(folder, pattern) {
  const absolute = path.join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** @param {string[]} patterns of git pathspecs @returns {Promise<string[]>} tracked files that exist */
async function tracked(...patterns) {
  const { output } = await run('git', 'git', ['ls-files', ...patterns]);
  return output.split('\n').filter((name) => name && existsSync(path.join(ROOT, name)));
}

/** One check that is right or wrong. @param {Ran} ran @returns {Counts} */
function verdict(ran) {
  if (ran.code !== 0) show(ran.output);
  return ran.code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Builds a preset or target with the same script as ./limner build. @param {string} name @param {string[]} targets */
async function build(name, ...targets) {
  const script = 'set -euo pipefail; . tools/common.sh; . tools/build.sh; build_target "$@"';
  const ran = await run(`build-${name}`, 'bash', ['-c', script, 'build', name, ...targets], { minutes: 40 });
  if (ran.code !== 0) {
    show(ran.output);
    throw new Error(`building ${name} did not work`);
  }
}

const NOTHING = Object.freeze({ passed: 0, failed: 0, note: 'no tests here' });

/** Catch2's last lines. @param {Ran} ran @returns {Counts} */
function catch2Counts(ran) {
  const all = /All tests passed \(\d+ assertions? in (\d+) test cases?\)/.exec(ran.output);
  const skippedToo = /test cases:\s+\d+\s+\|(.*)/.exec(ran.output);
  const number = (/** @type {string} */ word) =>
    Number(new RegExp(`(\\d+) ${word}`).exec(skippedToo?.[1] ?? '')?.[1] ?? 0);
  const counts = all
    ? { passed: Number(all[1]), failed: 0, skipped: 0 }
    : { passed: number('passed'), failed: number('failed'), skipped: number('skipped') };
  // Ended by a sanitizer or a crash, before the summary.
  if (ran.code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.failed) show(ran.output);
  return counts;
}

/**
 * node --test on some files. @param {string} log @param {string[]} files
 * @param {{ concurrency?: number, env?: Record<string, string>, minutes?: number }} [options]
 * @returns {Promise<Counts>}
 */
async function nodeTests(log, files, { concurrency = 2, env = {}, minutes = 15 } = {}) {
  if (!files.length) return NOTHING;
  const words = ['--test', '--test-reporter=tap', `--test-concurrency=${concurrency}`, ...files];
  const ran = await run(log, process.execPath, words, { env, minutes });
  const number = (/** @type {string} */ word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(ran.output)?.[1] ?? 0);
  const counts = {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
  if (ran.code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.failed) {
    // TAP is long: only what is not ok, with its few lines of reasons.
    const lines = ran.output.split('\n');
    const bad = lines.flatMap((line, i) => (/^\s*not ok/.test(line) ? lines.slice(i, i + 30) : []));
    show(bad.length ? bad.join('\n') : ran.output, 150);
  }
  return counts;
}

/** pytest on a folder. @param {string} log @param {string} folder @returns {Promise<Counts>} */
async function pythonTests(log, folder) {
  if (!list(folder, /^test_.*\.py$|_test\.py$/).length) return NOTHING;
  const threads = String(availableParallelism());
  const ran = await run(log, PYTHON, ['-m', 'pytest', '-q', '-ra', '-p', 'no:cacheprovider', folder], {
    env: { PYTHONPATH: path.join(ROOT, 'models/training'), PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: threads },
    minutes: 15,
  });
  const summary = ran.output.trimEnd().split('\n').at(-1) ?? '';
  const number = (/** @type {string} */ word) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  const counts = {
    passed: number('passed'),
    failed: number('failed') + number('error'),
    skipped: number('skipped') + number('xfailed'),
  };
  if (ran.code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.failed) show(ran.output, 80);
  return counts;
}

/** clang-tidy, remembering what was clean: a file is looked at again when it, a header or the rules changed. */
async function tidy() {
  await build('native', 'limner_core');
  const sources = (await tracked('src/*.cpp')).filter((name) => !/^src\/(studio|platform)\//.test(name));
  if (!sources.length) return NOTHING;
  const headers = await tracked('src/*.h');
  const common = createHash('sha256');
  for (const name of [...headers, '.clang-tidy']) common.update(readFileSync(path.join(ROOT, name)));
  const rules = common.digest('hex');
  const memory = path.join(ROOT, '.cache/tidy');
  mkdirSync(memory, { recursive: true });
  const stale = sources
    .map((name) => ({
      name,
      stamp: path.join(
        memory,
        createHash('sha256').update(rules).update(name).update(readFileSync(path.join(ROOT, name))).digest('hex'),
      ),
    }))
    .filter(({ stamp }) => !existsSync(stamp));
  let failed = 0;
  const queue = [...stale];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const log = `tidy-${next.name.replaceAll('/', '-')}`;
      const ran = await run(log, 'clang-tidy-19', ['-p', 'build/native', '--quiet', '--extra-arg=-Wno-deprecated-declarations', next.name]);
      if (ran.code === 0) writeFileSync(next.stamp, '');
      else {
        ++failed;
        show(ran.output.replace(/^\d+ warnings.*\n/gm, ''), 30);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, note: `${sources.length} files, ${stale.length} looked at` };
}

/** @returns {Promise<Counts>} */
async function fuzz() {
  const targets = list('tests/fuzz', /\.cpp$/).map((file) => path.basename(file, '.cpp'));
  if (!targets.length) return NOTHING;
  await build('fuzz', ...targets.map((name) => `fuzz_${name}`));
  let passed = 0;
  const queue = [...targets];
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const found = path.join(LOGS, 'fuzz', name);
      mkdirSync(path.join(found, 'corpus'), { recursive: true });
      const seeds = path.join(ROOT, 'tests/fuzz/corpus', name);
      const words = [path.join(found, 'corpus'), ...(existsSync(seeds) ? [seeds] : [])];
      words.push(`-max_total_time=${FUZZ_SECONDS}`, '-timeout=10', '-rss_limit_mb=2048', `-artifact_prefix=${found}/`);
      const ran = await run(`fuzz-${name}`, path.join(ROOT, 'build/fuzz/tests', `fuzz_${name}`), words);
      if (ran.code === 0) ++passed;
      else show(ran.output, 40);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { passed, failed: targets.length - passed, note: `${FUZZ_SECONDS} s each` };
}

/** The page's stories in Chromium, one after another. @param {RegExp} which files @returns {Promise<Counts>} */
async function stories(which) {
  const files = list('tests/browser', which);
  if (!files.length) return NOTHING;
  await build('site');
  return nodeTests('page', files, { concurrency: 1, minutes: 45 });
}

/** @type {Stage[]} */
const STAGES = [
  {
    name: 'format',
    what: 'C++ is as clang-format leaves it',
    run: async () =>
      verdict(await run('format', 'clang-format-19', ['--dry-run', '-Werror', ...(await tracked('*.cpp', '*.h'))])),
  },
  {
    name: 'types',
    what: 'JavaScript under tsc --checkJs --strict',
    run: async () => verdict(await run('types', process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'])),
  },
  {
    name: 'ruff',
    what: 'Python under ruff',
    run: async () => verdict(await run('ruff', process.execPath, ['tools/ruff.mjs', ...(await tracked('*.py'))])),
  },
  {
    name: 'tools',
    what: 'the set-up itself: server, notices, packages (node)',
    run: () => nodeTests('tools', list('tests/tools', /\.test\.mjs$/)),
  },
  {
    name: 'unit',
    what: 'Catch2 natively, under AddressSanitizer and UndefinedBehaviorSanitizer',
    run: async () => {
      if (!list('tests/unit', /\.cpp$/).length) return NOTHING;
      await build('asan', 'limner_tests');
      return catch2Counts(await run('unit', path.join(ROOT, 'build/asan/tests/limner_tests'), []));
    },
  },
  { name: 'tidy', what: 'the core under clang-tidy', run: tidy },
  { name: 'fuzz', what: 'every parser on its seeds and beyond (libFuzzer)', run: fuzz },
  {
    name: 'wasm',
    what: 'the same Catch2 tests as WebAssembly, in node',
    run: async () => {
      if (!list('tests/unit', /\.cpp$/).length) return NOTHING;
      await build('wasm', 'limner_tests');
      return catch2Counts(await run('wasm', process.execPath, ['build/wasm/tests/limner_tests.cjs', '--colour-mode', 'none']));
    },
  },
  {
    name: 'web',
    what: "the page's modules and shaders in node",
    run: async () => {
      const files = list('tests/web', /\.test\.mjs$/);
      if (!files.length) return NOTHING;
      await build('native');
      await build('site');
      return nodeTests('web', files);
    },
  },
  {
    name: 'page',
    what: 'the page in Chromium (Playwright)',
    run: () => stories(/\.test\.mjs$/),
  },
  {
    name: 'visit',
    what: "of the page's stories: a visitor with and without WebGPU, on a phone, by keyboard, in a frame and offline; saving, memory, privacy",
    extra: true,
    run: () => stories(/^(embed|form|main|memory|phone|places|privacy|save)\.test\.mjs$/),
  },
  {
    name: 'sites',
    what: 'the npm package and the command line, installed into an empty project',
    run: async () => {
      const files = list('tests/cli', /\.test\.mjs$/);
      if (!files.length) return NOTHING;
      await build('site');
      return nodeTests('sites', files, { concurrency: 1, minutes: 30 });
    },
  },
  {
    name: 'training',
    what: 'training in Python',
    run: async () => {
      await build('native', 'bust_maps', 'finish_layers');
      return pythonTests('training', 'tests/training');
    },
  },
  {
    name: 'sitters',
    what: 'the renderer of sitters: its rooms and its pictures',
    run: async () => {
      await build('native');
      const rooms = existsSync(path.join(ROOT, 'build/native/tests/limner_sitters_tests'))
        ? catch2Counts(await run('sitters-rooms', path.join(ROOT, 'build/native/tests/limner_sitters_tests'), []))
        : NOTHING;
      const pictures = await pythonTests('sitters', 'tests/sitters');
      return {
        passed: rooms.passed + pictures.passed,
        failed: rooms.failed + pictures.failed,
        skipped: (pictures.skipped ?? 0),
      };
    },
  },
];

async function main() {
  const words = process.argv.slice(2);
  if (words.includes('--list')) {
    for (const stage of STAGES) console.log(`${stage.name.padEnd(10)}${stage.what}`);
    return 0;
  }
  for (const word of words) {
    if (!STAGES.some((stage) => stage.name === word)) {
      console.error(`limner: there is no test stage '${word}'; ./limner test --list names them.`);
      return 2;
    }
  }
  mkdirSync(LOGS, { recursive: true });
  const rows = [];
  const sum = { passed: 0, failed: 0 };
  for (const stage of STAGES) {
    if (words.length ? !words.includes(stage.name) : stage.extra) continue;
    console.error(`limner: ${stage.name}: ${stage.what}`);
    const started = performance.now();
    /** @type {Counts} */
    let counts;
    try {
      counts = await stage.run();
    } catch (error) {
      counts = { passed: 0, failed: 1, note: error instanceof Error ? error.message : String(error) };
    }
    const seconds = (performance.now() - started) / 1000;
    const skipped = counts.skipped ? `${counts.skipped} skipped` : '';
    const notes = [skipped, counts.note].filter(Boolean).join(', ');
    rows.push(
      `${stage.name.padEnd(10)}${String(counts.passed).padStart(6)} passed${String(counts.failed).padStart(5)} failed` +
        `${seconds.toFixed(1).padStart(9)} s${notes ? `   ${notes}` : ''}`,
    );
    console.error(`  ${rows.at(-1)}`);
    sum.passed += counts.passed;
    sum.failed += counts.failed;
  }
  console.log(rows.join('\n'));
  console.log(`limner: ${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}

process.exit(await main());
