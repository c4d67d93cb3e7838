#!/usr/bin/env node
// The command line. Progress and sentences go to stderr, one JSON document to stdout; docs/CLI.md has the exit codes.

import { COMMANDS, USAGE } from './commands.js';
import { Fault } from '../web/fault.js';

export const EXIT = Object.freeze({ done: 0, broken: 1, usage: 2, refused: 3, file: 4, generator: 5, interrupted: 130 });

/** @param {Fault} fault */
function exitOf({ code }) {
  const room = code.split('.')[0];
  if (room === 'usage') return EXIT.usage;
  if (code === 'cancelled') return EXIT.interrupted;
  if (room === 'pack' || room === 'backend' || room === 'generator') return EXIT.generator;
  if (room === 'file' || room === 'photo' || room === 'save') return EXIT.file;
  return room === 'internal' ? EXIT.broken : EXIT.refused;
}

/** @param {string[]} words @returns {Promise<number>} */
async function main([name = 'help', ...words]) {
  if (['help', '--help', '-h'].includes(name) || words.includes('--help')) {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupt.abort());
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : null;
    if (!command) throw new Fault('usage.command', `there is no command "${name}"; \`limner help\` lists them.`);
    const told = await command(words, interrupt.signal);
    if (told) process.stdout.write(`${JSON.stringify(told, null, 1)}\n`);
    return EXIT.done;
  } catch (thrown) {
    const fault = thrown instanceof Fault ? thrown : new Fault('internal', `Limner stumbled: ${thrown instanceof Error ? thrown.stack : thrown}`);
    process.stderr.write(`limner: ${fault.sentence}\n`);
    process.stdout.write(`${JSON.stringify({ error: { code: fault.code, sentence: fault.sentence } }, null, 1)}\n`);
    return exitOf(fault);
  }
}

process.stdout.on('error', (error) => process.exit(/** @type {any} */ (error).code === 'EPIPE' ? 0 : EXIT.file)); // `limner … | head`
process.exitCode = await main(process.argv.slice(2));
