import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openLensComparison, openLensTable, startLens, titleOf, type Lens } from './lensSide';
import { openMlflowComparison, openMlflowTable, type MlflowTable } from './mlflowSide';
import { PlainTable } from './plainSide';
import type { TableSample } from './samples';

/** One of those that show the same data. */
export interface Side {
  readonly name: string;
  /** Scrolled in each round, not just in one. */
  readonly isOurs: boolean;
  start(data: Data): Promise<Started>;
}

export interface Started {
  open(scrolls: boolean): Promise<TableSample>;
  stop(): Promise<void>;
}

export interface Data extends MlflowTable {
  /** The folder of mlflow.db. */
  readonly store: string;
}

/** Those that show an experiment's runs; a plain table of so many runs as are given. */
export function sidesOfRuns(browser: Browser, plainRuns: readonly number[]): readonly Side[] {
  const mlflow = (name: string, options: { readonly allColumns: boolean; readonly isCached: boolean }) =>
    peer(name, (data, scrolls) => openMlflowTable(browser, data, { ...options, scrolls }));
  const hasCommand = titleOf('mlflow.experiment.showTable') !== undefined;
  if (!hasCommand) console.log('Ours is skipped: package.json has no command mlflow.experiment.showTable.');
  return [
    mlflow('mlflow', { allColumns: false, isCached: false }),
    mlflow('mlflow-cached', { allColumns: false, isCached: true }),
    mlflow('mlflow-all-columns', { allColumns: true, isCached: true }),
    ...plainRuns.map((runs) => plainSide(browser, runs)),
    ...(hasCommand ? ourSides(openLensTable) : []),
  ];
}

/** Those that compare all runs of the experiment. */
export function sidesOfComparison(browser: Browser): readonly Side[] {
  const mlflow = (name: string, isCached: boolean) =>
    peer(name, (data, scrolls) => openMlflowComparison(browser, data, { isCached, scrolls }));
  return [mlflow('mlflow', false), mlflow('mlflow-cached', true), ...ourSides(openLensComparison)];
}

function peer(name: string, open: (data: Data, scrolls: boolean) => Promise<TableSample>): Side {
  const start = (data: Data): Promise<Started> =>
    Promise.resolve({ open: (scrolls) => open(data, scrolls), stop: () => Promise.resolve() });
  return { name, isOurs: false, start };
}

function plainSide(browser: Browser, runs: number): Side {
  const start = async ({ store }: Data): Promise<Started> => {
    const table = await PlainTable.serve(store, runs);
    return { open: (scrolls) => table.open(browser, scrolls), stop: () => table.stop() };
  };
  return { name: `plain-${runs}`, isOurs: false, start };
}

type Opener = (lens: Lens, shape: Data['shape'], scrolls: boolean) => Promise<TableSample>;

function ourSides(open: Opener): readonly Side[] {
  const ours = (name: string, uriOf: (data: Data) => string): Side => ({
    name,
    isOurs: true,
    start: async (data) => {
      const lens = await startLens(uriOf(data));
      return { open: (scrolls) => open(lens, data.shape, scrolls), stop: () => lens.codeServer.stop() };
    },
  });
  return [
    ours('database', ({ store }) => `sqlite:///${join(store, 'mlflow.db')}`),
    ours('rest', ({ uri }) => uri),
  ];
}
