import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ResumePoint } from '../tracking/store';
import { UserError } from './userError';
import { unsureTail } from './writePieces';

/** In bytes: a longer name leaves no room for the endings. */
const longestName = 240;

/** Follows no link that lies there. Windows has no such flag. */
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

/** What lies beside a part, to know it again. */
interface PartRecord {
  /** The identity of what it is a part of. */
  readonly of: string;
  /** Empty where nothing tells whether the file has changed. */
  readonly version: string;
}

/** The beginning of a file that is being written: `NAME.part` beside the target, and a record of what it is a part of. */
export class FilePart {
  private readonly path: string;
  private readonly recordPath: string;

  /** `identity` names what is written for good, as an artifact by its connection, run and path. */
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

  /** Where this came to earlier. Rejects with a UserError where something else lies in the part's place. */
  async findResumePoint(): Promise<ResumePoint | undefined> {
    const found = await this.findOwn();
    if (!found) return undefined;
    const from = found.size - unsureTail;
    return found.of === this.identity && found.version !== '' && from > 0
      ? { from, version: found.version }
      : undefined;
  }

  /** Opens the part to be written from `from` on; a new one rejects like `findResumePoint`. */
  async open(from: number, version: string | undefined): Promise<FileHandle> {
    if (from > 0) {
      const file = await open(this.path, constants.O_WRONLY | noFollow);
      await file.truncate(from);
      return file;
    }
    await this.findOwn();
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

  /** A part that we wrote, of whatever it is. */
  private async findOwn(): Promise<(PartRecord & { readonly size: number }) | undefined> {
    const stats = await lstat(this.path).catch(ignoreMissing);
    if (!stats) return undefined;
    const record = await this.readRecord();
    if (!stats.isFile() || record === undefined)
      throw new UserError(`${this.path} is in the way, and is not of MLflow Lens: move it elsewhere.`);
    return { ...record, size: stats.size };
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
