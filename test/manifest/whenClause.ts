/** One comparison of a `when` clause: `mlflow.failure == dns`, `!mlflow.loading`, `view =~ /^mlflow/`. */
export interface Atom {
  readonly key: string;
  readonly operator: 'is set' | 'is not set' | '==' | '!=' | '=~';
  /** What it is compared with; the source of a regular expression. */
  readonly value: string;
}

const atom =
  /^(?<not>!)?(?<key>[\w.:]+)(?:\s*(?<operator>==|!=|=~)\s*(?:\/(?<pattern>.+)\/|'?(?<value>[^\s']+)'?))?$/;

/**
 * A `when` clause as alternatives of atoms that must all hold. As much of VS Code's grammar as package.json uses:
 * parentheses, `in` and numbers are refused.
 */
export function parseWhen(when: string): readonly (readonly Atom[])[] {
  return when.split('||').map((alternative) => alternative.split('&&').map((text) => parseAtom(text.trim())));
}

/** Whether the clause holds; a key that is missing counts as not set. */
export function holds(when: string, context: Readonly<Record<string, string | boolean>>): boolean {
  return parseWhen(when).some((atoms) => atoms.every((one) => atomHolds(one, context[one.key] ?? false)));
}

function parseAtom(text: string): Atom {
  const groups = atom.exec(text)?.groups;
  const key = groups?.['key'];
  if (groups === undefined || key === undefined) throw new Error(`Not understood in a when clause: ${text}`);
  const { not, operator, pattern, value } = groups;
  if (operator === undefined) return { key, operator: not ? 'is not set' : 'is set', value: '' };
  return { key, operator: operator as Atom['operator'], value: pattern ?? value ?? '' };
}

function atomHolds({ operator, value }: Atom, actual: string | boolean): boolean {
  switch (operator) {
    case 'is set':
      return actual !== false && actual !== '';
    case 'is not set':
      return actual === false || actual === '';
    case '==':
      return String(actual) === value;
    case '!=':
      return String(actual) !== value;
    case '=~':
      return new RegExp(value).test(String(actual));
  }
}
