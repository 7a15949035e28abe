const whole = new Intl.NumberFormat('en');

/** `9,216` */
export const formatCount = (n: number): string => whole.format(n);

/** Three telling digits: `1.81 M`, `31.2 M`, `272 k`; small numbers as they are. */
export function formatShort(n: number): string {
  for (const [unit, factor] of [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const) {
    if (n >= factor * 0.9995) return `${threeDigits(n / factor)} ${unit}`;
  }
  return whole.format(n);
}

/** Powers of 1024, as every task manager counts: `3.13 MB`. */
export function formatBytes(bytes: number): string {
  for (const [unit, factor] of [
    ['GB', 1024 ** 3],
    ['MB', 1024 ** 2],
    ['kB', 1024],
  ] as const) {
    if (bytes >= factor) return `${threeDigits(bytes / factor)} ${unit}`;
  }
  return `${bytes} B`;
}

/** `3 %`, `0.4 %`, `< 0.1 %` of a share from 0 to 1. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  return `${percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

const threeDigits = (n: number): string => n.toFixed(n < 9.995 ? 2 : n < 99.95 ? 1 : 0);
