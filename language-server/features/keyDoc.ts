import { docPages } from '../knowledge/docPages';
import type { KeyKnowledge } from '../knowledge/keyKnowledge';
import { parameterTypes } from '../knowledge/parameterTypes';

/** What a key is for, in Markdown. */
export function keyDoc({ name, doc, accepts, values, page }: KeyKnowledge): string {
  const choices = values ? `: ${values.map((value) => `\`${value}\``).join(', ')}` : '';
  return `**${name}** — ${doc}\n\nAccepts ${accepts}${choices}.\n\n[MLflow's documentation](${docPages[page]})`;
}

/** What a documented type means, in Markdown; undefined of any other word. */
export function typeDoc(type: string): string | undefined {
  const known = parameterTypes.find(({ name }) => name === type);
  return known && `**${known.name}** — ${known.doc}\n\n[MLflow's documentation](${docPages.parameters})`;
}
