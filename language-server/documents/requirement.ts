import type { TextRange } from './textRange';
import { sourceRange } from './yamlRead';
import type { ScalarNode } from './yamlTree';

/** One line of `dependencies`, in pip's or conda's writing. Ranges are the document's. */
export interface Requirement {
  readonly node: ScalarNode;
  readonly text: string;
  /** A package; an option of pip (`-r file`, `--index-url …`); an address or path; else not understood. */
  readonly kind: 'package' | 'option' | 'address' | 'other';
  /** Only of a package. */
  readonly name?: string;
  readonly nameRange?: TextRange;
  /** conda's `channel::` in front, without the colons. */
  readonly channel?: string;
  /** `[extra]`s of pip. */
  readonly extras: readonly string[];
  readonly specifiers: readonly Specifier[];
  /** pip's environment marker, behind `;`. */
  readonly marker?: string;
}

export interface Specifier {
  /** `==`, `>=`, `~=`, `=` (conda), …; "" where conda allows white space for it. */
  readonly operator: string;
  readonly version: string;
  readonly range: TextRange;
  readonly versionRange: TextRange;
}

/** Reads a line of a requirements file, as python_env.yaml and conda's pip lists hold them. */
export function readPipRequirement(node: ScalarNode): Requirement {
  const { text } = node;
  const base = { node, text, extras: [], specifiers: [] };
  if (/^\s*-/.test(text)) return { ...base, kind: 'option' };
  const address =
    /^\s*(?:[\w.-]+(?:\[[^\]]*\])?\s*@\s*\S|[a-z+]+:\/\/|\.{0,2}\/|\S+\.(?:whl|zip|tar\.gz)\b)/i;
  if (address.test(text)) return { ...base, kind: 'address' };
  const match = /^(\s*)([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(\s*\[([^\]]*)\])?\s*\(?/.exec(text);
  if (!match) return { ...base, kind: 'other' };
  const [head, lead = '', name = '', , extras] = match;
  const [versions = ''] = /^[^;#]*/.exec(text.slice(head.length)) ?? [];
  const specifiers = readSpecifiers(node, head.length, versions.replace(/\)\s*$/, ''));
  if (!specifiers) return { ...base, kind: 'other' };
  const marker = /;\s*([^#]*)/.exec(text.slice(head.length))?.[1]?.trim();
  const nameRange = sourceRange(node, { start: lead.length, end: lead.length + name.length });
  const named = { ...base, kind: 'package', name, nameRange, specifiers } as const;
  const listed =
    extras
      ?.split(',')
      .map((extra) => extra.trim())
      .filter((extra) => extra !== '') ?? [];
  return { ...named, extras: listed, ...(marker ? { marker } : {}) };
}

/** Reads a match spec of conda: `python=3.10`, `numpy >=1.2,<2`, `conda-forge::pip`. */
export function readCondaRequirement(node: ScalarNode): Requirement {
  const { text } = node;
  const match = /^(\s*)(?:([^\s:]+)::)?([A-Za-z0-9_][\w.-]*)(?:\[[^\]]*\])?\s*/.exec(text);
  if (!match) return { node, text, kind: 'other', extras: [], specifiers: [] };
  const [head, lead = '', channel, name = ''] = match;
  const start = lead.length + (channel === undefined ? 0 : channel.length + 2);
  const nameRange = sourceRange(node, { start, end: start + name.length });
  // A second word is the build, which is no version.
  const [versions = ''] = /^[^#]*/.exec(text.slice(head.length)) ?? [];
  const specifiers = readSpecifiers(node, head.length, versions);
  if (!specifiers) return { node, text, kind: 'other', extras: [], specifiers: [] };
  const found = { node, text, kind: 'package', name, nameRange, extras: [], specifiers } as const;
  return channel === undefined ? found : { ...found, channel };
}

/** Version conditions with commas or bars between them, from an offset of the decoded text; undefined if they are none. */
function readSpecifiers(node: ScalarNode, from: number, versions: string): readonly Specifier[] | undefined {
  const found: Specifier[] = [];
  const one =
    /\s*(===|~=|==|!=|<=|>=|<|>|=)?\s*([^\s,|<>=!~]+(?:=[^\s,|<>=!~]+)?)(?:\s+[^\s,|<>=!~]+)?\s*(?:[,|]|$)/y;
  while (versions.slice(one.lastIndex).trim() !== '') {
    const at = one.lastIndex;
    const match = one.exec(versions);
    if (!match) return undefined;
    const [whole, operator = '', version = ''] = match;
    const start = from + at + (whole.length - whole.trimStart().length);
    const versionStart = from + at + whole.indexOf(version, whole.indexOf(operator) + operator.length);
    const end = versionStart + version.length;
    const versionRange = sourceRange(node, { start: versionStart, end });
    found.push({ operator, version, range: sourceRange(node, { start, end }), versionRange });
  }
  return found;
}
