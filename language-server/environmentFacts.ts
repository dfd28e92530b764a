import type { OpenDocument } from './features/openDocument';
import type { FileFact, ProjectFacts } from './features/projectFacts';
import { requirementFiles } from './features/requirementFiles';
import { type FileReader, resolvePath } from './files';
import { sameFacts } from './readFacts';

/** What environment files name beside what their project does. It is little, and so looked at each time. */
export class EnvironmentFacts {
  private readonly known = new WeakMap<ProjectFacts, ProjectFacts>();

  constructor(private readonly files: FileReader) {}

  /** A project's facts with what one of its environment files names: the same object as long as it says the same. */
  async around(document: OpenDocument, facts: ProjectFacts): Promise<ProjectFacts> {
    const named = requirementFiles(document, facts.folderUri);
    if (named.length === 0) return facts;
    const files = new Map(facts.files);
    const readPath = async (path: string) => {
      const uri = resolvePath(facts.folderUri, path);
      if (uri !== undefined) files.set(path, { uri, kind: await this.files.kindOf(uri) } satisfies FileFact);
    };
    await Promise.all(named.flatMap(({ paths }) => paths.map(readPath)));
    const whole = { ...facts, files };
    const before = this.known.get(facts);
    if (before && sameFacts(before, whole)) return before;
    this.known.set(facts, whole);
    return whole;
  }
}
