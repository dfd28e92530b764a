import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ResumePoint } from '../tracking/store';
import { UserError } from '../ui/userError';

/** In bytes: a longer name leaves no room for the endings. */
const longestName = 240;

/** Follows no link that lies there. Windows has no such flag. */
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

/** What lies beside a part, to know it again. */
interface PartRecord {
  /** The artifact that it is a part of. */
  readonly of: string;
  /** Empty where nothing tells whether the file has changed. */
  readonly version: string;
}

/** The beginning of a file that is being downloaded: `NAME.part` beside the target, and a record of what it is a part of. */
export class DownloadPart {
  private readonly path: string;
  private readonly recordPath: string;

  /** `identity` names the artifact for good: by its connection, run and path. */
  constructor(
    private readonly target: string,
    private readonly identity: string,
  ) {
    const name = basename(target);
    const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
    const short = Buffer.byteLength(name) > longestName ? digest : name;
    this.path = join(dirname(target), `${short}.part`);
    this.recordPath = `${this.path}.json`;
  }

  /** Where an earlier download of this artifact came to. Rejects with a UserError where something else lies in the part's place. */
  async findResumePoint(): Promise<ResumePoint | undefined> {
    const stats = await lstat(this.path).catch(ignoreMissing);
    if (!stats) return undefined;
    const record = await this.readRecord();
    if (!stats.isFile() || record === undefined)
      throw new UserError(`${this.path} is in the way, and is no part of a download: move it elsewhere.`);
    if (record.of !== this.identity || record.version === '' || stats.size === 0) return undefined;
    // A server has nothing to say of what begins at the end.
    return { from: stats.size - 1, version: record.version };
  }

  /** Opens the part to be written from `from` on. */
  async open(from: number, version: string | undefined): Promise<FileHandle> {
    if (from > 0) {
      const file = await open(this.path, constants.O_WRONLY | noFollow);
      await file.truncate(from);
      return file;
    }
    const record: PartRecord = { of: this.identity, version: version ?? '' };
    await writeFile(this.recordPath, JSON.stringify(record), {
      flag: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | noFollow,
    });
    return await open(
      this.path,
      constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | noFollow,
      0o666,
    );
  }

  /** It has become the whole file. */
  async finish(): Promise<void> {
    await rename(this.path, this.target);
    await rm(this.recordPath, { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.recordPath, { force: true });
  }

  private async readRecord(): Promise<PartRecord | undefined> {
    try {
      const { of, version } = JSON.parse(await readFile(this.recordPath, 'utf8')) as Partial<PartRecord>;
      return typeof of === 'string' && typeof version === 'string' ? { of, version } : undefined;
    } catch {
      return undefined;
    }
  }
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
