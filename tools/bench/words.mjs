// How well and how fast a line of text becomes a recipe; the sentences and their marking are tests/words/.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const what = 'held-out sentences read as a person would, and the time it takes';

/** @returns {Promise<{ name: string, value: number, unit: string, aim?: number, better?: 'less' | 'more', note?: string }[]>} */
export async function measure() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const run = spawnSync(`${root}build/native/tests/eval_words`, ['--json'], { cwd: root, encoding: 'utf8' });
  if (!run.stdout) throw new Error(`eval_words said nothing: ${run.stderr || run.error?.message}`);
  const report = JSON.parse(run.stdout);
  const languages = Object.keys(report).filter((key) => report[key]?.test);
  const rows = languages.flatMap((lang) => {
    const { precision, recall, sentences } = report[lang].test;
    const aim = lang === 'en' ? 0.97 : 0.93;
    const note = `${sentences} sentences`;
    return [
      { name: `${lang}, slot precision`, value: precision, unit: '', aim, better: /** @type {const} */ ('more'), note },
      { name: `${lang}, slot recall`, value: recall, unit: '', aim, better: /** @type {const} */ ('more') },
    ];
  });
  const sentences = languages.reduce((sum, lang) => sum + report[lang].test.sentences, 0);
  return [
    ...rows,
    { name: 'held-out sentences', value: sentences, unit: '', aim: 300, better: 'more' },
    { name: 'text of 218 characters to a recipe', value: report.ms_per_200_characters, unit: 'ms', aim: 2 },
  ];
}
