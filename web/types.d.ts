// Shapes that several modules share; types only.

export interface Answer<T> { value?: T; error?: { code: string; sentence: string } }

/** src/platform/core_bindings.cpp */
export interface Core {
  schemaText(): string;
  styleNames(): string;
  /** src/platform/photo_bindings.cpp */
  styleList(): string;
  photoFacts(bytes: Uint8Array): Answer<string>;
  checkPhotoSize(width: number, height: number): Answer<void>;
  keepPhoto(rgba: Uint8Array, width: number, height: number): Answer<void>;
  finishPhoto(recipe: string, progress: (done: number) => boolean): Answer<{ rgba: Uint8Array; width: number; height: number }>;
  labelPhoto(bytes: Uint8Array, options: string, original: Uint8Array, keepPlace: boolean): Answer<Uint8Array>;
  packOf(text: string): Answer<string>;
  doubtful(recipe: string): boolean;
  checkRecipe(text: string): Answer<string>;
  recipeOfFragment(fragment: string): Answer<string>;
  fragmentOf(text: string): Answer<string>;
  inputOf(text: string): Answer<Float32Array>;
  setExample(rgba: Uint8Array, width: number, height: number): void;
  planOf(text: string, width: number, height: number): Answer<string>;
  keepLayers(slot: number, planes: Float32Array, width: number, height: number): boolean;
  /** src/platform/network_bindings.cpp */
  openNetwork(bytes: Uint8Array): Answer<boolean>;
  openGeometry(bytes: Uint8Array): boolean;
  bustMaps(input: Float32Array, side: number): Answer<Float32Array>;
  runNetwork(input: Float32Array): Answer<Float32Array>;
  finishKept(slot: number, text: string): Answer<{ rgba: Uint8Array; width: number; height: number }>;
  encodePng(rgba: Uint8Array, width: number, height: number, options: string): Answer<Uint8Array>;
  label(file: Uint8Array, options: string): Answer<Uint8Array>;
  recipeOfPicture(bytes: Uint8Array): Answer<string>;
  /** src/platform/word_bindings.cpp */
  addLanguages(text: Uint8Array): Answer<void>;
  words(text: string, base: string, language: string): Answer<string>;
  describe(text: string, language: string): Answer<string>;
  variation(text: string, radius: number, seed: string): Answer<string>;
  /** src/platform/people_bindings.cpp */
  checkCrowd(text: string): Answer<string>;
  crowdRecipe(text: string, index: number): Answer<string>;
  crowdMixes(): string;
  valuesOf(text: string): Answer<string>;
  sha256Of(bytes: Uint8Array): string;
  zipBegin(year: number, month: number, day: number, hour: number, minute: number, second: number): number;
  zipAdd(archive: number, name: string, bytes: Uint8Array, compress: boolean): Answer<Uint8Array>;
  zipFinish(archive: number): Answer<Uint8Array>;
}

/** src/platform/tool_bindings.cpp: in app/core.mjs only */
export interface ToolCore extends Core {
  decodePicture(bytes: Uint8Array): Answer<{ rgba: Uint8Array; width: number; height: number }>;
  labelsOf(bytes: Uint8Array): Answer<string>;
}

/** src/platform/studio_bindings.cpp */
export interface StudioCore extends Core {
  prepare(): void;
  setFont(face: string, file: Uint8Array): void;
  start(renderer: string, width: number, height: number, ratio: number): boolean;
  restart(renderer: string, width: number, height: number, ratio: number): boolean;
  resized(width: number, height: number, ratio: number): void;
  frame(seconds: number): number;
  pointer(event: number, x: number, y: number, button: number, finger: boolean): void;
  wheel(dx: number, dy: number): void;
  key(code: string, down: boolean, ctrl: boolean, shift: boolean, alt: boolean, meta: boolean): void;
  text(utf8: string): void;
  focus(focused: boolean): void;
  wantsText(): boolean;
  cursor(): string;
  touchClaimed(x: number, y: number): boolean;
  scroll(x: number, y: number, dx: number, dy: number): void;
  paintedPixels(slot: string, index: number, job: number, rgba: Uint8Array, width: number, height: number): boolean;
  paintedTexture(slot: string, index: number, job: number, texture: GPUTexture, width: number, height: number): boolean;
  begin(recipe: string): string;
  setRecipe(text: string, what: string, keep: boolean): string;
  getRecipe(): string;
  values(): string;
  wordsState(): string;
  turnChip(chip: number, value: string): void;
  command(verb: string, what: string): void;
  notify(sentence: string, alarm: boolean): void;
  setStatus(json: string): void;
  builtMs(): number;
  heapBytes(): number;
  galleryState(): string;
  galleryCommand(verb: string, what: string): string;
}

export interface Painted {
  width: number;
  height: number;
  /** on the page's device; valid until the next picture is painted */
  texture?: GPUTexture;
  rgba?: Uint8Array;
  generateMs: number;
  finishMs: number;
}

export interface Backend {
  name: string;
  paint(recipe: string, keep: boolean): Promise<Painted>;
  pixels(painted: Painted): Promise<Uint8Array>;
  setExample(picture: { rgba: Uint8Array; width: number; height: number }): Promise<void>;
  selfTest(): Promise<void>;
  close(): void;
}

export interface Job { slot: string; index: number; job: number; size: number; recipe: string }
