import type { CancellationToken, Connection, Position } from 'vscode-languageserver';
import type { OpenDocument } from './features/openDocument';
import type { ProjectFacts } from './features/projectFacts';
import { guarded } from './guarded';
import type { Projects } from './projects';
import type { ResourceSettings } from './resourceSettings';
import type { ServerSettings } from './settings';

export interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}
export interface AboutPosition extends AboutDocument {
  readonly position: Position;
}

/** What a feature may need to know beside the document. */
export interface Around {
  readonly facts: ProjectFacts;
  readonly settings: ServerSettings;
}

/** A requirements.txt is pip's: others write, colour and fold it. */
const ofRequirements: ReadonlySet<string> = new Set(['Actions', 'Links', 'Definition']);

type Feature<Params, Result> = (
  document: OpenDocument,
  params: Params,
  around: Around,
) => Result | Promise<Result>;

export type Answer = ReturnType<typeof answering>;

/** Makes a feature a handler, which has nothing to say of documents that are not open or that no project is concerned with. */
export function answering(connection: Connection, projects: Projects, settings: ResourceSettings) {
  return <Params extends AboutDocument, Result, Nothing = null>(
    name: string,
    feature: Feature<Params, Result>,
    nothing: Nothing = null as Nothing,
  ) =>
    guarded<Params, Result | Nothing>(
      { name, fallback: nothing, log: connection.console },
      async (params, token: CancellationToken) => {
        const { uri } = params.textDocument;
        const [found, own] = await Promise.all([projects.surroundings(uri), settings.of(uri)]);
        if (!found || token.isCancellationRequested) return nothing;
        if (found.document.kind === 'requirements' && !ofRequirements.has(name)) return nothing;
        return await feature(found.document, params, { facts: found.facts, settings: own });
      },
    );
}

export function offsetIn({ lines }: OpenDocument, { position }: AboutPosition): number {
  return lines.offsetAt(position);
}
