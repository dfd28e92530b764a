import type { Flavor } from '../../documents/mlmodelModel';
import { findField } from '../../documents/yamlRead';
import { docPages } from '../../knowledge/docPages';
import { findFlavor, flavorsWithoutModels } from '../../knowledge/flavors';
import type { FlavorKnowledge } from '../../knowledge/flavorKnowledge';
import { codeBlock, codeSpan, escapeMarkdown } from '../markdown';
import type { MlmodelDocument } from '../openDocument';
import { modelUri } from './modelUri';

/** What a flavor is, with which version it was saved, and how such a model is loaded, in Markdown. */
export function flavorHover(document: MlmodelDocument, { name, fields }: Flavor): string {
  const known = findFlavor(name);
  if (!known) return unknownFlavor(name);
  const version = known.versionKey === undefined ? undefined : findField(fields, known.versionKey)?.value;
  const saved =
    version?.kind === 'scalar' && known.packageName !== undefined
      ? [`Saved with ${known.packageName} ${codeSpan(version.text)}.`]
      : [];
  const loading = loadingCode(known, modelUri(document));
  return [flavorDoc(name, known), ...saved, ...(loading === undefined ? [] : [loading])].join('\n\n');
}

/** What a flavor is, in Markdown. */
export function flavorDoc(name: string, { title, about, runsCode }: FlavorKnowledge): string {
  const warning = runsCode === undefined ? [] : [`Loading it runs code that it may hold: ${runsCode}.`];
  return [`**${name}** — ${title}. ${about}`, ...warning, `[MLflow's documentation](${docPages.model})`].join(
    '\n\n',
  );
}

function unknownFlavor(name: string): string {
  const told = flavorsWithoutModels.has(name)
    ? 'MLflow has a module of this name, but it saves no models.'
    : 'MLflow 3.17 does not know this flavor. Whoever brought it loads it.';
  return `**${escapeMarkdown(name, 100)}** — ${told}`;
}

function loadingCode({ module }: FlavorKnowledge, uri: string): string | undefined {
  if (module === undefined) return undefined;
  return codeBlock('python', `import ${module}\n\nmodel = ${module}.load_model(${JSON.stringify(uri)})`);
}
