// Every example of docs/CLI.md and of the package's README, as they are written.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { emptyProject, ROOT } from './package.mjs';

/** @type {import('./package.mjs').Project} */
let project;
before(async () => {
  project = await emptyProject();
  await copyFile(path.join(ROOT, 'tests/golden/credited.jpg'), path.join(project.folder, 'photo.jpg'));
});
after(() => project.remove());

/** As much of Ray as the example asks of it. */
const STAND_IN = `
init = get = lambda given=None: given


def remote(**needs):
    return lambda f: type("Task", (), {"remote": staticmethod(f)})
`;

/** @param {string} file @param {string} language */
async function examples(file, language) {
  const text = await readFile(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((found) => found[1]);
}

function has(/** @type {string} */ program) {
  try {
    execFileSync('which', [program]);
    return true;
  } catch {
    return false;
  }
}

for (const file of ['npm/README.md', 'docs/CLI.md']) {
  test(`the programs in ${file}`, async () => {
    for (const [i, program] of (await examples(file, 'js')).entries()) {
      await writeFile(path.join(project.folder, `example-${i}.mjs`), program);
      const ran = await project.run(process.execPath, [`example-${i}.mjs`]);
      assert.equal(ran.code, 0, ran.err);
      assert.match(ran.out, /^(An?|Une?) /m);
    }
  });
  test(`the commands in ${file}`, async (t) => {
    for (const commands of await examples(file, 'sh')) {
      if (commands.startsWith('parallel') && !has('parallel')) {
        t.diagnostic('GNU parallel is not installed: its example was not run');
        continue;
      }
      const ran = await project.run('bash', ['-euc', commands]);
      assert.equal(ran.code, 0, `${commands}\n${ran.err}`);
    }
  });
}

test('a crowd shared out by Slurm, as one of its jobs', async () => {
  const [script] = await examples('docs/CLI.md', 'bash');
  await writeFile(path.join(project.folder, 'team.sh'), script.replace('--count 1000', '--count 10'));
  const ran = await project.run('bash', ['team.sh'], { env: { SLURM_ARRAY_TASK_ID: '2' } });
  assert.equal(ran.code, 0, ran.err);
  assert.deepEqual([ran.json().file, ran.json().painted, ran.json().shard], ['team-2.zip', 2, { index: 2, of: 8 }]);
});

test('a crowd shared out by Ray', async (t) => {
  const [program] = await examples('docs/CLI.md', 'python');
  await writeFile(path.join(project.folder, 'team.py'), program);
  if ((await project.run('python3', ['-c', 'import ray'])).code) {
    t.diagnostic('Ray is not installed: it is stood in for');
    await writeFile(path.join(project.folder, 'ray.py'), STAND_IN);
  }
  const ran = await project.run('python3', ['team.py']);
  assert.equal(ran.code, 0, ran.err);
  assert.match(ran.out, /^6 people$/m);
});
