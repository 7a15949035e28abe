import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { cacheFolder } from '../cache-folder';
import { UserError } from '../errors';

/** Where TensorFlow's two shared libraries lie. */
export interface Library {
  readonly folder: string;
  /** Loaded first: the other one needs its symbols. Undefined where one file holds both (Windows). */
  readonly framework: string | undefined;
  readonly main: string;
}

const NAMES: Partial<Record<NodeJS.Platform, { framework?: RegExp; main: readonly RegExp[] }>> = {
  linux: {
    framework: /^libtensorflow_framework\.so\.2$/,
    main: [/^libtensorflow_cc\.so\.2$/, /^libtensorflow\.so\.2$/],
  },
  darwin: {
    framework: /^libtensorflow_framework\.2\.dylib$/,
    main: [/^libtensorflow_cc\.2\.dylib$/, /^libtensorflow\.2\.dylib$/],
  },
  win32: { main: [/^_pywrap_tensorflow_common\.dll$/, /^tensorflow\.dll$/] },
};

/** None for what is no folder, such as the library itself. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The library in `folder`, or undefined when it is not whole there. */
export function libraryIn(folder: string, platform = process.platform): Library | undefined {
  const names = NAMES[platform];
  if (!names) return undefined;
  const files = namesIn(folder);
  // a link whose target is gone is listed, and does not exist
  const find = (pattern: RegExp | undefined) =>
    files.find((f) => pattern?.test(f) && existsSync(join(folder, f)));
  const main = names.main.map(find).find(Boolean);
  const framework = find(names.framework);
  if (!main || (names.framework && !framework)) return undefined;
  // the CUDA build finds its GPU libraries relative to where it really lies
  const real = (file: string) => realpathSync(join(folder, file));
  return { folder, main: real(main), framework: framework && real(framework) };
}

/** Set-up writes the manifest last, so that a folder without one is not whole. */
function cached(cache: string): readonly string[] {
  return namesIn(cache)
    .filter((f) => f.startsWith('tensorflow-') && existsSync(join(cache, f, 'manifest.json')))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((f) => join(cache, f));
}

/** The library that tfjs-node brought, where a user has it. */
function fromNodePackages(start: string): readonly string[] {
  // from where the user stands, and from where this program lies
  const from = [join(start, 'package.json'), process.argv[1] ?? '']
    .filter(isAbsolute)
    .map((f) => createRequire(f));
  return ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'].flatMap((name) =>
    from.flatMap((require) => {
      try {
        return [join(dirname(require.resolve(`${name}/package.json`)), 'deps', 'lib')];
      } catch {
        return [];
      }
    }),
  );
}

/**
 * Looks in `TENSORFLOW_DIR`, then in the user's cache, then in the packages `@tensorflow/tfjs-node-gpu` and
 * `@tensorflow/tfjs-node` of the project at `start`.
 *
 * @throws UserError `tensorflow/missing`
 */
export function locateTensorFlow(start = process.cwd(), env = process.env): Library {
  const named = env['TENSORFLOW_DIR'];
  const cache = cacheFolder(env);
  if (named) {
    const library = libraryIn(named);
    if (library) return library;
    throw new UserError(
      'tensorflow/missing',
      `TENSORFLOW_DIR is ${named}, and TensorFlow's library is not there.`,
      'The folder must hold libtensorflow_cc.so.2 and libtensorflow_framework.so.2 (on Linux).',
      'Set TENSORFLOW_DIR to the folder that holds them, or unset it and run npm start.',
      { file: named },
    );
  }
  for (const folder of [...cached(cache), ...fromNodePackages(start)]) {
    const library = libraryIn(folder);
    if (library) return library;
  }
  throw new UserError(
    'tensorflow/missing',
    'TensorFlow is not installed for Convloom yet.',
    `Its library was looked for in ${cache}.`,
    'Run npm start once with a connection; or set TENSORFLOW_DIR to a folder that holds the library.',
    { file: cache },
  );
}
