import { isArrayOf, isRecordOf, isText } from '../../webviews/protocol/guards';
import type { ImageGridSubject } from '../../webviews/protocol/imageGrid';
import { executeCommand, type RunTarget } from '../manifest';
import { demandSession } from '../ui/demandSession';
import type { Panel, PanelHost, PanelKind } from '../ui/panelHost';
import { pickRuns } from '../ui/pickRuns';
import { UserError } from '../ui/userError';
import { ImageGridPanel } from './imageGridPanel';
import { runsIn, type ArtifactContext } from './openCommands';

/** Of runs whose images are shown together. */
const mostRuns = 20;

const isSubject = isRecordOf<ImageGridSubject>({ connectionUri: isText, runIds: isArrayOf(isText) });

export interface ImageGridContext extends ArtifactContext {
  readonly panelHost: PanelHost;
}

/** `mlflow.images.compare`: the images of the runs given or selected, else of those that the user picks. */
export async function compareImages(
  context: ImageGridContext,
  kind: PanelKind,
  given: readonly (RunTarget | undefined)[],
): Promise<void> {
  const { sessions, selection, panelHost } = context;
  const rows = given.filter((run) => run !== undefined);
  const chosen = runsIn(rows.length > 0 ? rows : selection());
  if (chosen.length > mostRuns)
    throw new UserError(`${chosen.length} runs are selected; the images of ${mostRuns} can be compared.`);
  const title = 'Choose the runs whose images to compare';
  const runs =
    chosen.length > 0 ? chosen : await pickRuns(sessions, { title, least: 1, most: mostRuns, chosen });
  if (!runs) return;
  const { connection } = await demandSession(sessions);
  const subject = { connectionUri: connection.uri, runIds: runs.map(({ runId }) => runId) };
  showImages(context, panelHost.open(kind, false), subject);
}

/** Shows in a panel what it showed before a restart; `state` is a stranger's. */
export function reviveImages(context: ImageGridContext, panel: Panel, state: unknown): void {
  if (isSubject(state) && state.runIds.length <= mostRuns) showImages(context, panel, state);
  else panel.dispose();
}

function showImages({ sessions }: ImageGridContext, panel: Panel, subject: ImageGridSubject): void {
  const opened = new ImageGridPanel(
    panel,
    {
      sessions,
      openImage: (artifact) => executeCommand('mlflow.artifact.open', artifact),
      openRun: (run) => executeCommand('mlflow.run.open', run),
    },
    subject,
  );
  panel.onDidDispose(() => {
    opened.dispose();
  });
}
