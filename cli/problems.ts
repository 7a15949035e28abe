import type { Problem } from '../engine/analysis/problem';
import { count, faultText } from './format';

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some((p) => p.severity === 'error');

/** `2 errors, 1 warning` */
export function tally(problems: readonly Problem[]): string {
  const words = (['error', 'warning'] as const).flatMap((severity) => {
    const n = problems.filter((p) => p.severity === severity).length;
    return n === 0 ? [] : [`${count(n)} ${severity}${n === 1 ? '' : 's'}`];
  });
  return words.join(', ');
}

/** Each problem with its severity and code, errors first; nothing where there is none. */
export const problemsText = (problems: readonly Problem[]): string =>
  [...problems]
    .sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
    .map((p) => `${p.severity} ${p.code}: ${faultText(p)}`)
    .join('\n\n');
