// Errors that a person may read: a stable code for programs, a sentence for the screen.

export class Fault extends Error {
  /** @param {string} code @param {string} sentence */
  constructor(code, sentence) {
    super(sentence);
    this.name = 'LimnerError';
    this.code = code;
    this.sentence = sentence;
  }
}

/**
 * What the core answers: {value} or {error: {code, sentence}}.
 * @template T
 * @param {{value?: T, error?: {code: string, sentence: string}}} answer
 * @returns {T}
 */
export function unwrap(answer) {
  if (answer.error) throw new Fault(answer.error.code, answer.error.sentence);
  return /** @type {T} */ (answer.value);
}

/** Whatever was thrown, as a Fault. @param {unknown} thrown @param {string} code @param {string} sentence */
export function asFault(thrown, code, sentence) {
  if (thrown instanceof Fault) return thrown;
  const fault = new Fault(code, sentence);
  fault.cause = thrown;
  return fault;
}
