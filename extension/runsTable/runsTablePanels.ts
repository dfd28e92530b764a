import type { Disposable } from '../catalog/emitter';
import type { Panel } from '../ui/panelHost';
import { isArrangement, plainArrangement, type Arrangement } from '../../webviews/protocol/arrangement';
import { isRecordOf } from '../../webviews/protocol/guards';
import { isRunsTableSubject, type RunsTableSubject } from '../../webviews/protocol/runsTable';
import { RunsTablePanel, type RunsTableSources } from './runsTablePanel';

export interface RunsTablePanelsOptions extends RunsTableSources {
  readonly open: () => Panel;
}

const hasSubject = isRecordOf<{ readonly subject: RunsTableSubject }>({ subject: isRunsTableSubject });
const hasArrangement = isRecordOf<{ readonly arrangement: Arrangement }>({ arrangement: isArrangement });

/** All tables of runs: one for each set of experiments. */
export class RunsTablePanels implements Disposable {
  private readonly panels = new Map<RunsTablePanel, Panel>();

  constructor(private readonly options: RunsTablePanelsOptions) {}

  /** The table that the user works in; else the one that can be seen, if it is the only one. */
  get active(): RunsTablePanel | undefined {
    const visible = [...this.panels].filter(([, { isVisible }]) => isVisible);
    const [chosen] =
      visible.find(([, { isActive }]) => isActive) ?? (visible.length === 1 ? visible[0] : []) ?? [];
    return chosen;
  }

  /** Shows the runs of a set of experiments, in the panel that has it or in a new one. */
  show(subject: RunsTableSubject): void {
    const present = [...this.panels.keys()].find((panel) => keyOf(panel.subject) === keyOf(subject));
    if (present) present.reveal(false);
    else this.adopt(this.options.open(), subject, plainArrangement);
  }

  /** Takes a panel that is there after a restart; one whose state is not ours is closed. */
  revive(panel: Panel, state: unknown): void {
    if (!hasSubject(state) || state.subject.experimentIds.length === 0) panel.dispose();
    else this.adopt(panel, state.subject, hasArrangement(state) ? state.arrangement : plainArrangement);
  }

  dispose(): void {
    for (const panel of this.panels.keys()) panel.dispose();
    this.panels.clear();
  }

  private adopt(panel: Panel, subject: RunsTableSubject, arrangement: Arrangement): void {
    const adopted = new RunsTablePanel(panel, this.options, subject, arrangement);
    this.panels.set(adopted, panel);
    panel.onDidDispose(() => this.panels.delete(adopted));
  }
}

/** The same experiments, in whatever order they were chosen. */
function keyOf({ connectionUri, experimentIds }: RunsTableSubject): string {
  return JSON.stringify([connectionUri, ...[...experimentIds].sort()]);
}
