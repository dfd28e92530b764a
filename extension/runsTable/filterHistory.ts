import type { Memento } from '../catalog/memento';
import { isText } from '../../webviews/protocol/guards';

const key = 'mlflow.runsTable.searches';

/** Searches that are remembered for a connection, and for all together. */
const mostTexts = 20;
const mostOfAll = 200;

type Remembered = readonly [uri: string, text: string];

/** What was searched for in tables of runs, remembered for the workspace, by connection. */
export class FilterHistory {
  constructor(private readonly state: Memento) {}

  /** The latest first, none twice. */
  list(uri: string): readonly string[] {
    return this.read().flatMap(([known, text]) => (known === uri ? [text] : []));
  }

  add(uri: string, text: string): void {
    const others = this.read().filter(([known, other]) => known !== uri || other !== text);
    const older = others.filter(([known]) => known === uri).slice(0, mostTexts - 1);
    const kept = others.filter((one) => one[0] !== uri || older.includes(one));
    void this.state.update(key, [[uri, text], ...kept].slice(0, mostOfAll));
  }

  /** What was remembered, as far as it is what this version writes. */
  private read(): readonly Remembered[] {
    const kept = this.state.get<unknown>(key, []);
    if (!Array.isArray(kept)) return [];
    return kept.filter((one): one is Remembered => Array.isArray(one) && isText(one[0]) && isText(one[1]));
  }
}
