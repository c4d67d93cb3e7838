// What `import … from 'limner'` gives, in browsers and in Node. Types of recipes: recipe.d.ts, made from the schema.
import type { AttributeId, Crowd, FullRecipe, Recipe, StyleName } from './recipe.js';

export type { Attributes, AttributeId, Crowd, FullRecipe, Light, Recipe, StyleName } from './recipe.js';

export type Language = 'en' | 'de' | 'fr' | 'es' | 'pt' | 'it';

export interface PictureOptions {
  /** "jpeg" in browsers only */
  kind?: 'png' | 'jpeg';
  /** pixels on a side, instead of the recipe's: 64 to 2048 */
  size?: number;
  /** false leaves the recipe out of the file */
  withRecipe?: boolean;
  /** of the alternative text */
  lang?: Language;
  signal?: AbortSignal;
}

export interface Picture {
  recipe: Recipe;
  blob: Blob;
  width: number;
  height: number;
  /** what is to be seen, fit for an alt attribute */
  alt: string;
  /** milliseconds */
  timing: { generate: number; finish: number };
  backend: string;
}

export interface Words {
  recipe: Recipe;
  /** spans count UTF-16 units */
  understood: { span: [number, number]; attribute: string; value: unknown }[];
  unused: { span: [number, number]; text: string }[];
  refused: { code: string; sentence: string } | null;
  lang: Language;
}

export interface Labels {
  kind: 'png' | 'jpeg' | 'webp';
  width: number;
  height: number;
  recipe: Recipe | null;
  contentCredentials: boolean;
  exif: boolean;
  says?: Record<'digitalSourceType' | 'creatorTool' | 'aiSystem' | 'aiVersion' | 'created' | 'uniqueId' | 'altText' | 'creator' | 'rights' | 'credit', string>;
}

export interface Limner {
  readonly version: string;
  readonly schema: { attributes: { id: AttributeId; label: string; type: 'number' | 'choice' | 'vector' }[] };
  readonly styles: StyleName[];
  /** what a crowd's `mix` may be */
  readonly mixes: { id: NonNullable<Crowd['mix']>; label: string; help: string }[];
  /** the canonical text of a recipe; throws a LimnerError for a bad one */
  check(recipe: Recipe | string, size?: number): string;
  random(seed?: string | number): Recipe;
  words(text: string, options?: { base?: Recipe | string; lang?: Language | '' }): Words;
  describe(recipe: Recipe | string, lang?: Language): string;
  variation(recipe: Recipe | string, radius: number, seed: string): Recipe;
  /** every attribute of the person, named */
  settled(recipe: Recipe | string): FullRecipe;
  /** what follows '#' in a link to this recipe */
  fragment(recipe: Recipe | string): string;
  /** person `index` of a crowd */
  member(crowd: Crowd | string, index: number): Recipe;
  generate(recipe: Recipe | string, options?: PictureOptions): Promise<Picture>;
  /** what a picture file says about itself */
  read(file: Uint8Array): Labels;
  /** a photo (PNG or JPEG) under the recipe's style, retouching and grade */
  style(file: Uint8Array, recipe: Recipe | string, options?: { keepPlace?: boolean }): { blob: Blob; width: number; height: number };
  close(): void;
}

export interface BrowserOptions {
  /** where the package's folder is served; ends with "/" */
  base?: string;
  backend?: 'wasm' | 'webgpu';
  onProgress?: (done: number, total: number) => void;
}

export interface NodeOptions {
  /** folder of another generator's pack */
  pack?: string;
  /** false: words, recipes, photos and files only, without loading the generator */
  paint?: boolean;
}

export function createLimner(options?: BrowserOptions & NodeOptions): Promise<Limner>;

/** What Limner's functions throw: a code for programs, a sentence for people. */
export class LimnerError extends Error {
  code: string;
  sentence: string;
}

export const version: string;
