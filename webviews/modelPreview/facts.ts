import type { ModelPreview, RegisteredVersion, SourceRun, VersionPlace } from '../protocol/modelPreview';
import { copyButton, type Copy } from '../shared/copyButton';
import { button, element, onChangeOf, replaceChildren, type Child } from '../shared/dom';
import { abbreviate, fact, factOf, timeFact } from '../shared/sections/facts';
import { noteOf } from '../shared/sections/note';
import { clampText, formatInteger, formatSize, visibleText } from '../shared/text';

export interface FactActions {
  readonly copy: Copy;
  openRun(): void;
  openVersion(place: VersionPlace): void;
}

export interface Facts {
  readonly element: HTMLElement;
  update(model: ModelPreview): void;
}

type Told = Pick<ModelPreview, 'facts' | 'version' | 'logged' | 'run'>;

/** Where the model comes from and what it was made with, and its description. */
export function createFacts(actions: FactActions): Facts {
  const list = element('dl', { class: 'facts' });
  const note = element('div');
  const render = onChangeOf((told: Told) => {
    replaceChildren(list, ...factsOf(told, actions));
  });
  const renderNote = onChangeOf((text: string) => {
    replaceChildren(note, text.trim() === '' ? undefined : noteOf(text));
  });
  return {
    element: element('div', { class: 'about' }, list, note),
    update: ({ facts, version, logged, run }) => {
      render({
        facts,
        ...(version ? { version } : {}),
        ...(logged ? { logged } : {}),
        ...(run ? { run: withoutMetrics(run) } : {}),
      });
      renderNote(version?.description ?? '');
    },
  };
}

function withoutMetrics({ id, name, experimentName, problem }: SourceRun): SourceRun {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(experimentName === undefined ? {} : { experimentName }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function factsOf({ facts, version, logged, run }: Told, actions: FactActions): readonly Child[] {
  const { createdAt, size, modelId, modelUuid } = facts;
  return [
    run && runFact(run, actions),
    fact('Experiment', run?.experimentName),
    typeof createdAt === 'number' ? timeFact('Created', createdAt) : fact('Created', createdAt),
    timeFact('Registered', version?.registeredAt),
    timeFact('Changed', version?.changedAt),
    size === undefined
      ? undefined
      : fact('Size', formatSize(size), { title: `${formatInteger(size)} bytes` }),
    fact('Type', logged?.modelType),
    fact('MLflow', facts.mlflowVersion),
    fact('Python', facts.pythonVersion),
    idFact('Model ID', modelId, actions.copy),
    modelUuid === modelId ? undefined : idFact('Model UUID', modelUuid, actions.copy),
    fact('Source', version?.source),
    fact('Artifact path', facts.artifactPath),
    fact('Source code', facts.codePath),
    fact('Databricks runtime', facts.databricksRuntime),
    facts.registered.length === 0 ? undefined : registeredFact(facts.registered, actions),
  ];
}

function runFact({ id, name = '', problem }: SourceRun, actions: FactActions): HTMLElement {
  const shown = name === '' ? abbreviate(id) : visibleText(clampText(name, 200, 1).text);
  const open = () => {
    actions.openRun();
  };
  const title = `Open run ${visibleText(id.slice(0, 100))}`;
  return factOf(
    'Source run',
    element(
      'dd',
      {},
      button({ class: 'link stranger', title, data: { focus: 'run' }, onClick: open }, shown),
      copyButton(actions.copy, 'Copy Run ID', () => id, { data: { focus: 'copyRun' } }),
      problem === undefined
        ? undefined
        : element('span', { class: 'quiet stranger' }, ` ${visibleText(problem.slice(0, 500))}`),
    ),
  );
}

function idFact(label: string, id: string | undefined, copy: Copy): Child {
  if (id === undefined || id === '') return undefined;
  return factOf(
    label,
    element(
      'dd',
      { title: visibleText(id.slice(0, 200)) },
      element('code', { class: 'stranger' }, abbreviate(id)),
      copyButton(copy, `Copy ${label}`, () => id, { data: { focus: label } }),
    ),
  );
}

const mostRegistered = 20;

function registeredFact(registered: readonly RegisteredVersion[], actions: FactActions): HTMLElement {
  const links = registered.slice(0, mostRegistered).map(({ modelName, version, aliases, stage }) => {
    const open = () => {
      actions.openVersion({ modelName, version });
    };
    const marks = [...aliases.map((alias) => `@${alias}`), stage].filter((mark) => mark !== '').join(', ');
    const name = visibleText(clampText(`${modelName} ${version}`, 200, 1).text);
    const link = button({ class: 'link stranger', data: { focus: `version ${name}` }, onClick: open }, name);
    const said = visibleText(clampText(marks, 200, 1).text);
    return element(
      'div',
      {},
      link,
      said === '' ? undefined : element('span', { class: 'quiet stranger' }, ` ${said}`),
    );
  });
  return factOf('Registered as', element('dd', {}, ...links));
}
