import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { EntryPoint, MlprojectModel, Parameter } from '../documents/mlprojectModel';
import type { Requirement } from '../documents/requirement';
import type { TextRange } from '../documents/textRange';
import { pythonString } from '../documents/yamlRead';
import type { Field, YamlDocument } from '../documents/yamlTree';
import { type OpenDocument, toRange } from './openDocument';
import { type Described, plain, symbolOf } from './outline/described';
import { describeModelField } from './outline/modelOutline';

const longestDetail = 80;

/**
 * The outline: an MLproject's environment and entry points with their parameters, an MLmodel's flavors and signature, an
 * environment file's packages.
 */
export function listDocumentSymbols(document: OpenDocument): readonly DocumentSymbol[] {
  return describe(document).map((one) => toSymbol(document, one));
}

function describe(document: OpenDocument): readonly Described[] {
  if (document.kind === 'requirements') return document.model.requirements.map(describePackage);
  const { model } = document;
  const own = model.fields.filter(({ merged }) => !merged);
  switch (document.kind) {
    case 'mlproject':
      return own.map((field) => describeField(document.model, field));
    case 'mlmodel':
      return own.map((field) => describeModelField(document.model, field));
    case 'pythonEnv': {
      const { buildDependencies, dependencies } = document.model;
      const lists = [buildDependencies, dependencies].flatMap((list) => list ?? []);
      return own.map((field) => {
        const list = lists.find((one) => one.field === field);
        return { ...plain(model.yaml, field), children: list?.requirements.map(describePackage) ?? [] };
      });
    }
    case 'condaEnv': {
      const packages = document.model.dependencies.flatMap(describeDependency);
      return own.map((field) => ({
        ...plain(model.yaml, field),
        children: field === document.model.dependenciesField ? packages : [],
      }));
    }
  }
}

function describeDependency(
  dependency: Extract<OpenDocument, { kind: 'condaEnv' }>['model']['dependencies'][number],
): readonly Described[] {
  if (dependency.kind === 'package') return [describePackage(dependency.requirement)];
  if (dependency.kind === 'other') return [];
  const { pip, requirements } = dependency;
  return [symbolOf(pip, SymbolKind.Package, { children: requirements.map(describePackage) })];
}

function describePackage({ node, text }: Requirement): Described {
  return { name: text, kind: SymbolKind.Package, range: node.range, selection: node.range };
}

function describeField(model: MlprojectModel, field: Field): Described {
  if (field === model.entryPointsField) {
    const entryPoints = model.entryPoints.filter((one) => !one.field.merged);
    const children = entryPoints.map((entryPoint) => describeEntryPoint(model.yaml, entryPoint));
    return symbolOf(field, SymbolKind.Namespace, { children });
  }
  const environment = model.environments.find((one) => one.field === field);
  return { ...plain(model.yaml, field), ...(environment && { kind: SymbolKind.Module }) };
}

function describeEntryPoint(yaml: YamlDocument, { field, parameters, command }: EntryPoint): Described {
  const children = parameters.filter((one) => !one.field.merged).map((one) => describeParameter(yaml, one));
  return symbolOf(field, SymbolKind.Function, { children, detail: command?.text ?? '' });
}

function describeParameter(yaml: YamlDocument, { field, type, defaultNode }: Parameter): Described {
  const detail = defaultNode ? `${type} = ${pythonString(yaml, defaultNode)}` : type;
  return symbolOf(field, SymbolKind.Variable, { detail });
}

/** Names must not be empty; what an alias brings from elsewhere does not lie in its parent, and is left out. */
function toSymbol(document: OpenDocument, one: Described): DocumentSymbol {
  const { range, selection, children = [] } = one;
  const detail = one.detail?.replace(/\s+/g, ' ').trim().slice(0, longestDetail);
  return {
    name: one.name.trim() || '""',
    kind: one.kind,
    range: toRange(document, range),
    selectionRange: toRange(document, selection),
    children: children
      .filter((child) => isWithin(child.range, range))
      .map((child) => toSymbol(document, child)),
    ...(detail && { detail }),
  };
}

function isWithin(inner: TextRange, outer: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
