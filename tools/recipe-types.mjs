// TypeScript's types of recipes, from the schema, the styles and the populations: nothing is listed here that they list.

/**
 * @param {{attributes: any[], groups: {id: string, label: string}[]}} schema
 * @param {{name: string, label: string, parameters?: {id: string, label: string, min: number, max: number}[]}[]} styles
 * @param {{regions: {id: string, label: string}[]}} populations
 * @returns {string}
 */
export function recipeTypes(schema, styles, populations) {
  const quoted = (/** @type {string} */ id) => `'${id}'`;
  const union = (/** @type {string[]} */ ids) => ids.map(quoted).join(' | ');
  const typeOf = (/** @type {any} */ one) =>
    one.type === 'choice' ? union(one.options.map((/** @type {{id: string}} */ option) => option.id)) : one.type === 'vector' ? 'number[]' : 'number';
  const docOf = (/** @type {any} */ one) => {
    const range = one.type === 'choice' ? '' : `, ${one.min} to ${one.max}${one.unit ? ` ${one.unit}` : ''}`;
    const many = one.type === 'vector' ? `, ${one.length} numbers` : '';
    const ends = one.low && one.high ? `, ${one.low} to ${one.high}` : '';
    return `${one.label}${many}${range}${ends}${one.help ? `. ${one.help}` : ''}`.replaceAll('*/', '');
  };
  const attributes = schema.attributes.map((one) => `  /** ${docOf(one)} */\n  ${quoted(one.id)}?: ${typeOf(one)};`).join('\n');
  return `// Made by tools/recipe-types.mjs from src/recipe/schema.json and shaders/styles. Do not edit.

/** What a recipe may say about a person; everything else follows from the seed. */
export interface Attributes {
${attributes}
}

export type AttributeId = keyof Attributes;

export type StyleName = ${union(styles.map((style) => style.name))};

/** "#rrggbb" */
export type Colour = string;

export interface LightSource { azimuth?: number; elevation?: number; gain?: number; colour?: Colour }

export interface Light { lights?: LightSource[]; ambient?: { gain?: number; colour?: Colour } }

/** A small JSON that fully determines a portrait. */
export interface Recipe {
  limner: 1;
  seed?: string;
  set?: Attributes;
  light?: Light;
  backdrop?: { kind?: 'plain' | 'gradient' | 'studio' | 'scene' | 'transparent'; colour?: Colour; colour2?: Colour; seed?: number };
  style?: { name?: StyleName; strength?: number; set?: Record<string, number> };
  retouch?: { smooth?: number; whiten?: number };
  grade?: { exposure?: number; contrast?: number; saturation?: number; temperature?: number; vignette?: number; grain?: number; depth_of_field?: number };
  frame?: { size?: number; shape?: 'square' | 'circle' };
}

/** A recipe with every attribute in it. */
export interface FullRecipe extends Recipe { seed: string; set: Required<Attributes> }

type Choices = { [Id in AttributeId]: Exclude<Attributes[Id], undefined> extends string ? Exclude<Attributes[Id], undefined>[] : [number, number] };

/** As many people as anybody likes; person i has the seed "<seed>/i". */
export interface Crowd {
  crowd: 1;
  seed?: string;
  /** how everybody's ages and so on are spread: evenly, by chance, or as in the world or a region of it */
  mix?: ${union(['balanced', 'chance', 'world', ...populations.regions.map((region) => region.id)])};
  facets?: Partial<Choices>;
  base?: Omit<Recipe, 'limner' | 'seed'>;
  light?: (Light | null)[];
  backdrop?: NonNullable<Recipe['backdrop']>[];
  style?: NonNullable<Recipe['style']>[];
  kin?: { how: 'similar' | 'mix' | 'breed'; of: Recipe[]; amount?: number; locks?: string[] };
}
`;
}
