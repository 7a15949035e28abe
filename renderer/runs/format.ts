/** `42 s`, `1 m 12 s`, `2 h 5 m`, `3 d 4 h` */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  const s = Math.round(seconds);
  if (s < 60) return seconds > 0 && s === 0 ? 'under 1 s' : `${s} s`;
  if (s < 3600) return two(s, 60, 'm', 's');
  if (s < 86_400) return two(Math.round(s / 60), 60, 'h', 'm');
  return two(Math.round(s / 3600), 24, 'd', 'h');
}
function two(n: number, base: number, big: string, small: string): string {
  const rest = n % base;
  return rest === 0 ? `${Math.floor(n / base)} ${big}` : `${Math.floor(n / base)} ${big} ${rest} ${small}`;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
/** `2,914` */
export const formatCount = (n: number): string => whole.format(n);

/** `98.4 %` of a share from 0 to 1; never rounds up to 100 %. */
export function formatPercent(share: number): string {
  const tenths = share < 1 ? Math.min(999, Math.round(share * 1000)) : 1000;
  return `${(tenths / 10).toFixed(1)} %`;
}

/** Losses with three telling digits: `2.30`, `0.212`, `0.0123`, `4.1e-5`. */
export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss)) return '–';
  const size = Math.abs(loss);
  if (size >= 1000) return loss.toExponential(1);
  if (size >= 1 || size === 0) return loss.toFixed(2);
  return size >= 0.001 ? loss.toFixed(size >= 0.1 ? 3 : 4) : loss.toExponential(1);
}

/** A learning rate or another setting, without trailing zeros: `0.1`, `0.0316`, `1e-7`. */
export function formatSetting(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(2).replace(/\.?0+e/, 'e');
  return String(Number(value.toPrecision(4)));
}

/** `561 images/s`, `4.2 images/s` */
export const formatSpeed = (perSecond: number): string =>
  `${perSecond < 10 ? perSecond.toFixed(1) : whole.format(perSecond)} images/s`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** `today 14:02`, `yesterday 9:30`, `5 May 14:02`, `5 May 2024`. @param iso any text that Date reads */
export function formatWhen(iso: string, now: Date = new Date()): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return iso;
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const daysAgo = Math.ceil((midnight.getTime() - then.getTime()) / 86_400_000);
  if (daysAgo <= 0) return `today ${clock.format(then)}`;
  if (daysAgo === 1) return `yesterday ${clock.format(then)}`;
  return then.getFullYear() === now.getFullYear()
    ? `${day.format(then)} ${clock.format(then)}`
    : dayOfYear.format(then);
}
