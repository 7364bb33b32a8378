import type { createColors } from 'picocolors';
import { plainText, widthOf, wrap } from '../view/text-width.ts';

/** What a terminal has at least, and what a line has where nobody says. */
export const columnsAssumed = 80;

/** What lines are written on. */
export interface Paper {
  readonly columns: number;
  readonly paint: ReturnType<typeof createColors>;
}

/** `12 s`, `2 min`, `1 min 30 s`, `3 h 5 min` */
export function lastsWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60), whole % 60];
  const parts = [
    hours === 0 ? '' : `${hours} h`,
    minutes === 0 ? '' : `${minutes} min`,
    rest === 0 || hours > 0 ? '' : `${rest} s`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** `25 %`, `0.4 %`, `less than 0.01 %`; of what is more than all, `3.2 times all`. */
export function shareWords(share: number): string {
  if (share > 1) return `${number(share)} times all of it`;
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return 'less than 0.01 %';
  return `${number(percent)} %`;
}

/** Three digits that count. */
export const number = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

/** `1.00 USD`, `0.0123 USD`: small amounts would all be 0.00. */
export function usdWords(usd: number): string {
  if (usd === 0) return '0 USD';
  return usd >= 0.1 ? `${usd.toFixed(2)} USD` : usd < 0.0001 ? 'under 0.0001 USD' : `${usd.toFixed(4)} USD`;
}

/** Text behind a head, broken between words so that all lines of it stand under each other. */
export function hanging(head: string, text: string, columns: number): string[] {
  const room = Math.max(20, columns - widthOf(head));
  const [first = '', ...rest] = wrap(plainText(text), room);
  return [`${head}${first}`, ...rest.map((line) => `${' '.repeat(widthOf(head))}${line}`)].map((line) =>
    line.trimEnd(),
  );
}
