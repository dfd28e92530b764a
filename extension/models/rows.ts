import type { ModelVersion, ModelVersionStatus, RegisteredModel, Tags } from '../tracking/model';
import { formatAge, formatDate } from '../ui/numbers';
import { joinFacts, plainLines, plainText } from '../ui/text';
import {
  codicon,
  damaged,
  describeSearch,
  describeShared,
  explainShared,
  problemOf,
  type RowIcon,
  type Tip,
  type TreeRow,
} from '../ui/treeRow';
import type { ModelsCatalog } from './children';
import type { FieldNode, ModelsNode, SectionName, SectionNode } from './nodes';

type Found = Pick<ModelsCatalog, 'findModel' | 'findVersion'>;

/** How a row looks now. */
export function describeNode(catalog: Found, node: ModelsNode, now: number): TreeRow {
  switch (node.kind) {
    case 'model':
      return describeModel(catalog.findModel(node.modelName), node.modelName);
    case 'version':
      return describeVersion(catalog.findVersion(node.modelName, node.version), node.version, now);
    case 'search':
      return describeSearch(node.label);
    case 'section':
      return describeSection(node);
    case 'field':
      return describeField(node);
    case 'more':
    case 'failure':
    case 'note':
      return describeShared(node);
  }
}

/** What a row tells on hovering. */
export function explainNode(catalog: Found, node: ModelsNode): Tip | undefined {
  switch (node.kind) {
    case 'model':
      return explainModel(catalog.findModel(node.modelName));
    case 'version':
      return explainVersion(catalog.findVersion(node.modelName, node.version));
    case 'field':
      return node.tip;
    case 'search':
      return { title: 'Only these models are listed', facts: [], text: plainLines(node.label) };
    case 'section':
      return undefined;
    case 'more':
    case 'failure':
    case 'note':
      return explainShared(node);
  }
}

function describeModel(model: RegisteredModel | undefined, name: string): TreeRow {
  const label = plainText(name) || '(no name)';
  const aliases = model?.aliases.map(({ alias, version }) => `@${alias} → ${version}`) ?? [];
  const problem = problemOf(model);
  const description = plainText(joinFacts([problem, newestOf(model), aliases.join(', ')]));
  return {
    label,
    description,
    icon: problem === '' ? codicon('package') : damaged,
    isExpandable: true,
    context: 'model',
    spoken: joinSpoken([`Registered model ${label}`, description]),
  };
}

/** The newest version that MLflow names with a model. */
function newestOf(model: RegisteredModel | undefined): string {
  const numbers =
    model?.latestVersions.map((version) => Number(version.version)).filter(Number.isFinite) ?? [];
  return numbers.length === 0 ? '' : `v${Math.max(...numbers)}`;
}

function describeVersion(version: ModelVersion | undefined, number: string, now: number): TreeRow {
  const label = `Version ${plainText(number)}`;
  if (!version) {
    return {
      label,
      icon: codicon('question'),
      isExpandable: false,
      context: 'gone',
      spoken: `${label}, gone`,
    };
  }
  const status = statuses[version.status];
  const problem = problemOf(version);
  const facts = [
    problem,
    version.aliases.map((alias) => `@${alias}`).join(', '),
    version.stage === 'None' ? '' : version.stage,
    status.word,
    version.createdAt === undefined ? '' : formatAge(version.createdAt, now),
  ].map((fact) => plainText(fact));
  return {
    label,
    description: joinFacts(facts),
    icon: problem === '' ? status.icon : damaged,
    isExpandable: true,
    context: contextOf(version),
    spoken: joinSpoken([label, ...facts]),
  };
}

/** What menus ask of a version. */
function contextOf({ runId, stage, aliases }: ModelVersion): string {
  const words = ['version', runId && 'hasRun', stage && 'hasStage', aliases.length > 0 && 'hasAlias'];
  return words.filter(Boolean).join(' ');
}

function describeSection({ name, count }: SectionNode): TreeRow {
  const { label, icon } = sections[name];
  return {
    label,
    description: count?.toLocaleString('en-US'),
    icon: codicon(icon),
    isExpandable: true,
    context: `section ${name}`,
    spoken: joinSpoken([label, count?.toLocaleString('en-US')]),
  };
}

const sections: Readonly<Record<SectionName, { readonly label: string; readonly icon: string }>> = {
  reviews: { label: 'Moves', icon: 'checklist' },
  tags: { label: 'Tags', icon: 'tag' },
  signature: { label: 'Signature', icon: 'symbol-interface' },
};

function describeField(node: FieldNode): TreeRow {
  return {
    label: node.label,
    description: node.description,
    icon: node.icon,
    isExpandable: node.fields !== undefined,
    context: node.opens === undefined ? 'value' : 'value opensRun',
    spoken: joinSpoken([node.label, node.description]),
  };
}

function explainModel(model: RegisteredModel | undefined): Tip | undefined {
  return (
    model && {
      title: plainText(model.name),
      facts: [
        ['Problem', problemOf(model)],
        ...model.aliases.map(
          ({ alias, version }) => [`@${plainText(alias)}`, `version ${plainText(version)}`] as const,
        ),
        ['Created', dateOf(model.createdAt)],
        ['Changed', dateOf(model.updatedAt)],
        ...tagFacts(model.tags),
      ],
      text: plainLines(model.description),
    }
  );
}

function explainVersion(version: ModelVersion | undefined): Tip | undefined {
  return (
    version && {
      title: `${plainText(version.name)}, version ${plainText(version.version)}`,
      facts: [
        ['Problem', problemOf(version)],
        ['Aliases', plainText(version.aliases.map((alias) => `@${alias}`).join(', '))],
        ['Stage', version.stage === 'None' ? '' : plainText(version.stage)],
        ['Status', plainText(joinFacts([statuses[version.status].word, version.statusMessage]), 500)],
        ['Created', dateOf(version.createdAt)],
        ['Changed', dateOf(version.updatedAt)],
        ['Source', plainText(version.source, 500)],
      ],
      text: plainLines(version.description),
    }
  );
}

const mostTagsInTip = 20;

function tagFacts(tags: Tags): readonly (readonly [string, string])[] {
  const own = [...tags].filter(([key]) => !key.startsWith('mlflow.'));
  return own.slice(0, mostTagsInTip).map(([key, value]) => [plainText(key), plainText(value)]);
}

function dateOf(timestamp: number | undefined): string | undefined {
  return timestamp === undefined ? undefined : formatDate(timestamp);
}

interface Status {
  /** Empty for what needs no word. */
  readonly word: string;
  readonly icon: RowIcon;
}

const statuses: Readonly<Record<ModelVersionStatus, Status>> = {
  READY: { word: '', icon: codicon('pass', 'testing.iconPassed') },
  PENDING_REGISTRATION: { word: 'pending', icon: codicon('loading~spin', 'charts.blue') },
  FAILED_REGISTRATION: { word: 'failed', icon: codicon('error', 'testing.iconFailed') },
  UNKNOWN: { word: 'of unknown status', icon: codicon('question') },
};

function joinSpoken(facts: readonly (string | undefined)[]): string {
  return facts.filter((fact) => fact !== undefined && fact !== '').join(', ');
}
