import type { ModelKey } from '../knowledge/modelKey';
import { keyDoc } from './keyDoc';

/** What a key of an MLmodel is for, in Markdown, with what a reader should know of it. */
export function modelKeyDoc(key: ModelKey): string {
  return [keyDoc(key), ...notesOn(key)].join('\n\n');
}

function notesOn({ runsCode, fallback, isLegacy, isRequired }: ModelKey): readonly string[] {
  const values = Array.isArray(runsCode)
    ? ` if it is ${runsCode.map((one) => `\`${one}\``).join(' or ')}`
    : '';
  return [
    ...(isRequired ? ['Loading fails without it.'] : []),
    ...(fallback === undefined ? [] : [`Without it, MLflow takes \`${fallback}\`.`]),
    ...(runsCode === undefined
      ? []
      : [`**Loading the model runs code by this${values}**: do so only if you trust it.`]),
    ...(isLegacy ? ['MLflow writes it no more.'] : []),
  ];
}
