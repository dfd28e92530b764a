import type { Launch } from '../../../extension/projects/launch';
import { badAddresses, payloads } from './payloads';

/** One launch with something hostile in it. */
export interface LaunchCase {
  readonly group: string;
  readonly name: string;
  /** The name of the project's folder. */
  readonly folder: string;
  readonly launch: Partial<Launch>;
  /** What the program behind `mlflow` must be given; undefined where nothing may be started. */
  readonly args: readonly string[] | undefined;
  /** Whether it may be refused as well. */
  readonly mayRefuse: boolean;
}

/** The texts of a launch that a person types, one payload in all of them. */
const values = payloads.map((payload) =>
  caseOf('value', payload, {
    launch: {
      parameters: new Map([
        ['declared', payload],
        ['further', payload],
      ]),
      runName: payload,
      experiment: { kind: 'name', name: payload },
    },
    args: [
      ...['run', '.', '-e', 'main', '-P', `declared=${payload}`, '-P', `further=${payload}`],
      ...['--experiment-name', payload, '--run-name', payload, '--env-manager', 'local'],
    ],
  }),
);

const keys = payloads.map((payload) =>
  caseOf('key', payload, {
    launch: { parameters: new Map([[payload, '1']]) },
    args: ['run', '.', '-e', 'main', '-P', `${payload}=1`, '--env-manager', 'local'],
    mayRefuse: true,
  }),
);

/** The names in a project that somebody else wrote. */
const names = payloads
  .filter((payload) => payload !== '')
  .map((payload) =>
    caseOf('names', payload, {
      folder: payload.replaceAll('/', ' '),
      launch: { entryPoint: payload },
      args: ['run', '.', '-e', payload, '--env-manager', 'local'],
    }),
  );

const addresses = badAddresses.map((uri) =>
  caseOf('address', uri, { launch: { project: { kind: 'remote', uri } }, args: undefined }),
);

/** The launch rows of reference/PERFORMANCE.md §7d. */
export const launchCases: readonly LaunchCase[] = [...values, ...keys, ...names, ...addresses];

function caseOf(
  group: string,
  payload: string,
  rest: Pick<LaunchCase, 'launch' | 'args'> & Partial<LaunchCase>,
): LaunchCase {
  return { group, name: JSON.stringify(payload), folder: 'project', mayRefuse: false, ...rest };
}
