import { resolveScalar } from './yamlResolve';

/** A text as YAML that is read as this text again, inside braces too: as it is where that will do, else in double quotes. */
export function writeYamlString(text: string): string {
  const isSimple = /^[\p{L}_./](?:[\p{L}\p{N}_./+<>=~! -]*[\p{L}\p{N}_./+-])?$/u.test(text) && text !== '...';
  const resolved = isSimple ? resolveScalar(text, true, undefined) : undefined;
  const isText = resolved?.kind === 'value' && resolved.value.type === 'str';
  return isText ? text : JSON.stringify(text);
}

/** YAML 1.1 takes an exponent for a number's only behind a dot. */
export function writeYamlNumber(value: number): string {
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

export function lineBreakOf(text: string): '\r\n' | '\n' {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}
