// npm packages that come without types: what we use of them.
declare module 'subset-font' {
  export default function subset(
    font: Uint8Array,
    text: string,
    options: { targetFormat: 'sfnt' | 'woff2' },
  ): Promise<Uint8Array>;
}
