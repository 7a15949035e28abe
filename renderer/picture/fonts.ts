import { type Picture, wordsOf } from './scene';

/** A file of a font that a picture carries, so that it looks the same where the font is not installed. */
export interface FontFile {
  readonly family: 'Inter' | 'JetBrains Mono';
  readonly script: Script;
  /** woff2, base64. */
  readonly data: string;
}
export type Script = 'latin' | 'latin-ext' | 'greek' | 'cyrillic';

/** Where each family comes from: package and file of fontsource. Both are under the SIL Open Font License 1.1. */
const FAMILIES = { Inter: 'inter', 'JetBrains Mono': 'jetbrains-mono' } as const;

const SCRIPTS: readonly { readonly script: Script; readonly range: string; readonly has: RegExp }[] = [
  {
    script: 'latin',
    range:
      'U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212',
    has: /./,
  },
  {
    script: 'latin-ext',
    range: 'U+100-130,U+132-151,U+154-2BA,U+1E00-1E9F,U+1EF2-1EFF',
    has: /[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1eff]/,
  },
  { script: 'greek', range: 'U+370-3FF', has: /[\u0370-\u03ff]/ },
  { script: 'cyrillic', range: 'U+400-45F,U+490-491', has: /[\u0400-\u0491]/ },
];

export interface FontName {
  readonly family: FontFile['family'];
  readonly script: Script;
  /** Of fontsource: `@fontsource-variable/<package>/files/<file>`. */
  readonly package: string;
  readonly file: string;
}

/** The font files that the words of a picture need: about 90 kB for English. */
export function fontsFor(picture: Picture): readonly FontName[] {
  const words = wordsOf(picture);
  const families = Object.entries(FAMILIES) as [FontFile['family'], string][];
  return families.flatMap(([family, name]) =>
    SCRIPTS.filter((s) => s.has.test(words)).map(({ script }) => ({
      ...{ family, script, package: name, file: `${name}-${script}-wght-normal.woff2` },
    })),
  );
}

/** The rules of CSS that bring the fonts along. */
export const fontRules = (fonts: readonly FontFile[]): string =>
  fonts
    .map(({ family, script, data }) => {
      const { range } = SCRIPTS.find((s) => s.script === script)!;
      const source = `url(data:font/woff2;base64,${data}) format('woff2')`;
      return `@font-face{font-family:'${family}';font-weight:100 900;src:${source};unicode-range:${range}}`;
    })
    .join('');
