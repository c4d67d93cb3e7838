// What lies beside the pictures of an archive: manifest.json and manifest.csv, one row a person.

/**
 * @typedef {object} Row
 * @property {string} file
 * @property {string} recipe canonical text
 * @property {string} altText
 * @property {string} sha256 of the file
 * @property {number} width @property {number} height
 * @property {Record<string, any>} values of all attributes
 */

/** A cell as RFC 4180 has it; spreadsheets run what begins like a formula, so that gets an apostrophe. @param {unknown} value */
function cell(value) {
  const text = String(value).replace(/^[=+@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export class Manifest {
  /** @param {{attributes: {id: string, type: string}[]}} schema @param {object} about what is said once, of all */
  constructor(schema, about) {
    this.about = about;
    // Long lists of numbers follow from the recipe; a table is no place for them.
    this.columns = schema.attributes.filter((attribute) => attribute.type !== 'vector').map((attribute) => attribute.id);
    /** @type {string[]} */
    this.people = [];
    /** @type {string[]} */
    this.lines = [['file', 'seed', 'style', 'width', 'height', 'sha256', 'alt', ...this.columns].map(cell).join(',')];
  }

  /** @param {Row} row */
  add({ file, recipe, altText, sha256, width, height, values }) {
    const told = JSON.parse(recipe);
    const attributes = Object.fromEntries(this.columns.map((id) => [id, values[id]]));
    this.people.push(JSON.stringify({ file, seed: told.seed, alt: altText, width, height, sha256, recipe: told, attributes }));
    this.lines.push([file, told.seed, told.style?.name ?? '', width, height, sha256, altText, ...this.columns.map((id) => values[id])].map(cell).join(','));
  }

  // Thousands of rows are tens of megabytes: each text is asked for once, and its rows are let go before it is bytes.
  json() {
    const head = JSON.stringify({ ...this.about, count: this.people.length });
    return new TextEncoder().encode(`${head.slice(0, -1)},"people":[\n${this.people.splice(0).join(',\n')}\n]}\n`);
  }

  csv() {
    return new TextEncoder().encode(`${this.lines.splice(0).join('\r\n')}\r\n`);
  }
}
