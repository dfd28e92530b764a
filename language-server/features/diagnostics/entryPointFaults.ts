import type { EntryPoint, MlprojectModel } from '../../documents/mlprojectModel';
import { identityOf } from '../../documents/nodeIdentity';
import type { YamlDocument } from '../../documents/yamlTree';
import { checkEntryPoint } from './checkEntryPoint';
import { type Fault, shiftFault } from './fault';
import { AskedSurroundings, type Surroundings } from './surroundings';

/** What was found of an entry point, where it stood then, and on which answers it rests. */
interface Found {
  readonly start: number;
  readonly faults: readonly Fault[];
  readonly holdsIn: (now: Surroundings) => boolean;
}

const known = new WeakMap<object, Found>();

/** The faults of all entry points that count; those of before are kept where nothing that they rest on has changed. */
export function checkEntryPoints(
  { yaml, entryPoints }: MlprojectModel,
  around: Surroundings,
): readonly Fault[] {
  return entryPoints
    .filter(({ field }) => !field.overridden)
    .flatMap((entryPoint) =>
      // An anchor elsewhere may change what an alias or a merge brings in.
      yaml.anchors.size > 0
        ? checkEntryPoint(yaml, entryPoint, around)
        : knownFaults(yaml, entryPoint, around),
    );
}

function knownFaults(yaml: YamlDocument, entryPoint: EntryPoint, around: Surroundings): readonly Fault[] {
  const { key } = entryPoint.field;
  const { start } = key.range;
  const identity = identityOf(key);
  const before = known.get(identity);
  if (before?.holdsIn(around)) return before.faults.map((fault) => shiftFault(fault, start - before.start));
  const asked = new AskedSurroundings(around);
  const faults = checkEntryPoint(yaml, entryPoint, asked);
  known.set(identity, { start, faults, holdsIn: asked.comparison() });
  return faults;
}
