import type { Requirement } from './requirement';

/** A version as Python packages write it: its numbers, and what comes behind them except for a local part. */
interface Version {
  readonly release: readonly number[];
  readonly suffix: string;
}

/** A package's name as pip compares names. */
export function packageKey(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Whether a requirement surely rules a version out; what cannot be told does not. */
export function rulesOut({ specifiers, text }: Requirement, version: string): boolean {
  if (text.includes('|')) return false;
  return specifiers.some(({ operator, version: wanted }) => isMet(operator, wanted, version) === false);
}

/** Whether two versions of Python differ in what matters to a saved model: 3.10 and 3.11 do. */
export function differsInMinor(a: string, b: string): boolean {
  const [one, other] = [readVersion(a)?.release, readVersion(b)?.release];
  if (!one || !other) return false;
  const length = Math.min(one.length, other.length, 2);
  return !startsWith(one, other.slice(0, length));
}

function isMet(operator: string, wanted: string, version: string): boolean | undefined {
  const isPrefix = wanted.endsWith('.*') || operator === '=' || operator === '';
  const [asked, saved] = [readVersion(wanted.replace(/=.*|\.\*$/, '')), readVersion(version)];
  if (!asked || !saved) return undefined;
  if (isPrefix && /^(=|==|)$/.test(operator)) return startsWith(saved.release, asked.release);
  const isSame = compare(asked, saved) === 0 && asked.suffix === saved.suffix;
  if (/^===?$/.test(operator)) return isSame;
  if (isPrefix || asked.suffix !== '' || saved.suffix !== '') return undefined;
  const order = compare(saved, asked);
  switch (operator) {
    case '!=':
      return !isSame;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '~=':
      return order >= 0 && startsWith(saved.release, asked.release.slice(0, -1));
    default:
      return undefined;
  }
}

function readVersion(text: string): Version | undefined {
  const match = /^\s*v?(\d{1,9}(?:\.\d{1,9})*)([^+]*?)(?:\+.*)?\s*$/i.exec(text);
  return match ? { release: (match[1] ?? '').split('.').map(Number), suffix: match[2] ?? '' } : undefined;
}

function startsWith(release: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((part, index) => part === (release[index] ?? 0));
}

/** Below zero if the first comes before; 1.2 and 1.2.0 are the same. */
function compare({ release: a }: Version, { release: b }: Version): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
