import type { PythonValue } from './yamlTree';

/** What a scalar is to safe_load: a value, null, a sign (`<<`, `=`) that only a key can be, or what it raises. */
export type Resolved =
  | { readonly kind: 'value'; readonly value: PythonValue }
  | { readonly kind: 'null' }
  | { readonly kind: 'keySign' }
  | { readonly kind: 'error'; readonly message: string };

type TagName = 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp' | 'binary' | 'merge' | 'value';

const tagPrefix = 'tag:yaml.org,2002:';
/** Python refuses to read longer decimal numbers. */
const longestInteger = 4300;

const floats =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const integers =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const shortTimestamps = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const timestamps =
  /^([0-9]{4})-([0-9][0-9]?)-([0-9][0-9]?)(?:(?:[Tt]|[ \t]+)([0-9][0-9]?):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?(?:[ \t]*(Z|([-+])([0-9][0-9]?)(?::([0-9]{2}))?))?)?$/;
const truths = new Map([
  ['yes', true],
  ['no', false],
  ['true', true],
  ['false', false],
  ['on', true],
  ['off', false],
]);
const booleans = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;

/** A tag's full name for one as written: `!!int`, `!local`, `!<…>`. */
export function expandTag(written: string, handles: ReadonlyMap<string, string>): string | undefined {
  if (written.startsWith('!<')) return decodeTag(written.slice(2, -1));
  if (written === '!') return '!';
  const [, handle = '!', suffix = ''] = /^(![\w-]*!|!)(.*)$/s.exec(written) ?? [];
  const prefix = handles.get(handle) ?? (handle === '!!' ? tagPrefix : handle === '!' ? '!' : undefined);
  return prefix === undefined ? undefined : prefix + decodeTag(suffix);
}

function decodeTag(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `tag` is the full name; a plain scalar without one is what its text looks like. */
export function resolveScalar(text: string, isPlain: boolean, tag: string | undefined): Resolved {
  if (tag === undefined) return isPlain ? construct(implicitTag(text), text) : string(text);
  if (tag === '!') return construct(implicitTag(text), text);
  const name = tag.startsWith(tagPrefix) ? tag.slice(tagPrefix.length) : undefined;
  if (name === 'map' || name === 'seq' || name === 'set' || name === 'omap' || name === 'pairs')
    return { kind: 'error', message: `A !!${name} cannot be a single value.` };
  return isScalarTag(name) ? construct(name, text) : unknownTag(tag);
}

/** What safe_load raises of a list's or mapping's tag, if anything. */
export function collectionFault(kind: 'mapping' | 'sequence', tag: string): string | undefined {
  if (tag === '!') return undefined;
  const fits = kind === 'mapping' ? ['map', 'set'] : ['seq', 'omap', 'pairs'];
  if (fits.some((name) => tag === tagPrefix + name)) return undefined;
  const known = [
    'map',
    'set',
    'seq',
    'omap',
    'pairs',
    'str',
    'bool',
    'int',
    'float',
    'null',
    'timestamp',
    'binary',
  ];
  if (known.some((name) => tag === tagPrefix + name))
    return `The tag ${tag.slice(tagPrefix.length)} does not fit a ${kind}.`;
  return unknownTag(tag).message;
}

function isScalarTag(name: string | undefined): name is TagName {
  return ['str', 'bool', 'int', 'float', 'null', 'timestamp', 'binary'].includes(name ?? '');
}

function unknownTag(tag: string): { readonly kind: 'error'; readonly message: string } {
  return { kind: 'error', message: `MLflow cannot read values with the tag ${tag.slice(0, 100)}.` };
}

function implicitTag(text: string): TagName {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return 'null';
    case '<<':
      return 'merge';
    case '=':
      return 'value';
  }
  const code = text.charCodeAt(0);
  const isNumberlike = (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
  if (!isNumberlike) return booleans.test(text) ? 'bool' : 'str';
  if (floats.test(text)) return 'float';
  if (integers.test(text)) return 'int';
  if (shortTimestamps.test(text)) return 'timestamp';
  return timestamps.test(text) && /[:]/.test(text) && /^[0-9]{4}-/.test(text) ? 'timestamp' : 'str';
}

function construct(name: TagName, text: string): Resolved {
  switch (name) {
    case 'str':
      return string(text);
    case 'null':
      return { kind: 'null' };
    case 'merge':
    case 'value':
      return { kind: 'keySign' };
    case 'bool': {
      const value = truths.get(text.toLowerCase());
      return value === undefined ? notOf(text, 'bool') : { kind: 'value', value: { type: 'bool', value } };
    }
    case 'int': {
      const value = pythonInteger(text.replaceAll('_', ''));
      return value === undefined ? notOf(text, 'int') : { kind: 'value', value: { type: 'int', value } };
    }
    case 'float': {
      const value = pythonFloat(text.replaceAll('_', '').toLowerCase());
      return value === undefined ? notOf(text, 'float') : { kind: 'value', value: { type: 'float', value } };
    }
    case 'timestamp':
      return timestamp(text);
    case 'binary':
      return binary(text);
  }
}

/** Keys and types stand in a project again and again: each is kept once, and its text as well. */
const words = new Map<string, Resolved>();
const mostWords = 1000;
const longestWord = 24;

function string(value: string): Resolved {
  if (value.length > longestWord) return { kind: 'value', value: { type: 'str', value } };
  const known = words.get(value);
  if (known) return known;
  const resolved: Resolved = { kind: 'value', value: { type: 'str', value } };
  if (words.size < mostWords) words.set(value, resolved);
  return resolved;
}

function notOf(text: string, type: string): Resolved {
  return { kind: 'error', message: `${text.slice(0, 100)} cannot be read as ${type}.` };
}

function pythonInteger(text: string): bigint | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const magnitude = digits.includes(':') ? sexagesimal(digits) : bigIntOf(digits);
  return magnitude === undefined ? undefined : sign === '-' ? -magnitude : magnitude;
}

function bigIntOf(digits: string): bigint | undefined {
  if (/^0b[01]+$/.test(digits) || /^0x[0-9a-fA-F]+$/.test(digits)) return BigInt(digits);
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`);
  return /^[0-9]+$/.test(digits) && digits.length <= longestInteger ? BigInt(digits) : undefined;
}

function sexagesimal(digits: string): bigint | undefined {
  if (digits.length > longestInteger || !/^[0-9]+(?::[0-9]+)+$/.test(digits)) return undefined;
  return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

function pythonFloat(text: string): number | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const factor = sign === '-' ? -1 : 1;
  if (digits === '.inf' || digits === 'inf' || digits === 'infinity') return factor * Infinity;
  if (digits === '.nan' || digits === 'nan') return NaN;
  const parts = digits.split(':');
  const isNumber = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/;
  if (!parts.every((part) => isNumber.test(part))) return undefined;
  // Added up from the right, as PyYAML does, so that it rounds the same.
  let [sum, base] = [0, 1];
  for (const part of parts.reverse()) {
    sum += Number(part) * base;
    base *= 60;
  }
  return factor * sum;
}

function timestamp(text: string): Resolved {
  const match = timestamps.exec(text);
  if (!match) return notOf(text, 'timestamp');
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour,
    minute = '',
    second = '',
    fraction = '',
    zone,
    sign,
    zoneHour = '',
    zoneMinute = '00',
  ] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const isDate = Number(year) > 0 && isDayOfMonth(Number(year), Number(month), Number(day));
  if (hour === undefined)
    return isDate ? { kind: 'value', value: { type: 'date', text: date } } : notOf(text, 'date');
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  const offset = Number(zoneHour) * 60 + Number(zoneMinute);
  if (!isDate || !isTime || offset >= 24 * 60) return notOf(text, 'date');
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  const clock = `${hour.padStart(2, '0')}:${minute}:${second}${Number(micros) > 0 ? `.${micros}` : ''}`;
  const written = sign === undefined ? (zone === undefined ? '' : '+00:00') : zoneText(sign, offset);
  return { kind: 'value', value: { type: 'datetime', text: `${date} ${clock}${written}` } };
}

function zoneText(sign: string, offset: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${offset === 0 ? '+' : sign}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
}

function isDayOfMonth(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const date = new Date(Date.UTC(2000, month, 0));
  date.setUTCFullYear(year, month, 0);
  return day <= date.getUTCDate();
}

/** Python's decoder skips what is no letter of base64, and insists on the padding. */
function binary(text: string): Resolved {
  const letters = text.replace(/[^A-Za-z0-9+/=]/g, '');
  // eslint-disable-next-line no-control-regex
  if (/[^\x00-\x7f]/.test(text) || letters.length % 4 !== 0) return notOf(text, 'binary');
  try {
    return { kind: 'value', value: { type: 'bytes', text: atob(letters) } };
  } catch {
    return notOf(text, 'binary');
  }
}
