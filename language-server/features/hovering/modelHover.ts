import type { CaretPlace } from '../../documents/caretPlace';
import { valueOffset } from '../../documents/jsonNodes';
import type { FieldSpec } from '../../documents/modelSignature';
import { propertiesOf } from '../../documents/specTypeText';
import { touches } from '../../documents/textRange';
import { withoutQuotes } from '../../documents/yamlLine';
import { decodedOffset, sourceRange } from '../../documents/yamlRead';
import type { FileReader } from '../../files';
import { findFlavor, flavorOfLoader } from '../../knowledge/flavors';
import { findModelKey } from '../../knowledge/mlmodelKeys';
import { escapeMarkdown } from '../markdown';
import { modelKeyDoc } from '../modelKeyDoc';
import type { MlmodelDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import { fileHover, textLanguage } from './fileHover';
import { flavorHover } from './flavorHover';
import { sizeText, timeText } from './modelValues';
import { partTable, signatureTables, specSentence } from './signatureTable';
import type { Told } from './told';

/** What stands at a place of an MLmodel: a key's meaning, a flavor, the signature, what a value means to people. */
export async function tellModel(
  document: MlmodelDocument,
  place: CaretPlace | undefined,
  offset: number,
  facts: ProjectFacts,
  files: FileReader,
): Promise<Told | undefined> {
  const spec = tellSpec(document, offset);
  if (spec) return spec;
  if (!place) return undefined;
  const { path, at, range } = place;
  const word = withoutQuotes(document.text.slice(range.start, range.end));
  const markdown = at === 'key' ? tellKey(document, path, word) : await tellValue(path, word, facts, files);
  return { markdown, range };
}

function tellKey(document: MlmodelDocument, path: readonly string[], word: string): string | undefined {
  const { flavors, signature } = document.model;
  if (path.length === 1 && path[0] === 'flavors') {
    const flavor = flavors.findLast(({ name }) => name === word);
    return flavor && flavorHover(document, flavor);
  }
  const key = findModelKey(path, word);
  if (!key) return undefined;
  const part = path[0] === 'signature' ? signature?.parts.find(({ name }) => name === word) : undefined;
  const isWhole = path.length === 0 && word === 'signature' && signature !== undefined;
  const table = part ? partTable(part) : isWhole ? signatureTables(signature) : undefined;
  return table === undefined ? modelKeyDoc(key) : `${table}\n\n---\n\n${modelKeyDoc(key)}`;
}

/** What a value means to people; what its key is for where there is nothing more to say. */
async function tellValue(
  path: readonly string[],
  word: string,
  facts: ProjectFacts,
  files: FileReader,
): Promise<string | undefined> {
  const owner = path.slice(0, -1);
  const key = findModelKey(owner, path.at(-1) ?? '');
  if (!key || word === '') return undefined;
  if (key.type === 'path' || key.name === 'env') {
    const told = await fileHover(word, textLanguage(word), "the model's folder", facts, files);
    return told ?? modelKeyDoc(key);
  }
  const meaning = owner.length === 0 ? meaningOf(key.name, word) : loaderMeaning(key.name, word);
  return meaning === undefined ? modelKeyDoc(key) : `${meaning}\n\n---\n\n${modelKeyDoc(key)}`;
}

function meaningOf(name: string, word: string): string | undefined {
  if (name === 'model_size_bytes') {
    const size = /^\d{1,30}$/.test(word) ? sizeText(BigInt(word)) : undefined;
    return size && `**${size}**`;
  }
  return name === 'utc_time_created' ? timeText(word) : undefined;
}

function loaderMeaning(name: string, word: string): string | undefined {
  const flavor = name === 'loader_module' ? flavorOfLoader(word) : undefined;
  const known = flavor === undefined ? undefined : findFlavor(flavor);
  return known && `**${escapeMarkdown(word)}** — ${known.title}. ${known.about}`;
}

/** In the JSON of a signature: the column, tensor or parameter around an offset. */
function tellSpec({ model }: MlmodelDocument, offset: number): Told | undefined {
  for (const part of model.signature?.parts ?? []) {
    const at = part.node && touches(part.node.range, offset) ? decodedOffset(part.node, offset) : undefined;
    if (part.node === undefined || at === undefined) continue;
    const specs = part.schema?.specs ?? [];
    const spec = specs.find(({ node }) => touches(node.range, at));
    return spec
      ? {
          markdown: specSentence(innerSpec(spec, valueOffset(part.json?.root, at)), part.name),
          range: sourceRange(part.node, spec.node.range),
        }
      : { markdown: partTable(part), range: part.node.range };
  }
  return undefined;
}

/** The property that an offset is in, else the whole. */
function innerSpec(spec: FieldSpec, offset: number): FieldSpec {
  const inner = propertiesOf(spec.type).find(({ node }) => touches(node.range, offset));
  return inner ? innerSpec(inner, offset) : spec;
}
