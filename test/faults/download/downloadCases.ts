import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unsureTail } from '../../../extension/ui/writePieces';
import { mountSmall, unmount } from '../../support/smallDisk';
import { type DownloadStage, makeContent, whole } from './stage';

const run = promisify(execFile);

/** A fault, and what must come of it. */
export interface DownloadCase {
  readonly name: string;
  /** Sets it up; answers the folder to download to where that is another, undefined where it cannot be done here. */
  readonly inject: (stage: DownloadStage) => Promise<string | undefined>;
  /** What the user reads. */
  readonly message: RegExp;
  /** What then lies in the folder, by name. */
  readonly leaves: (stage: DownloadStage) => Readonly<Record<string, string | RegExp>>;
  readonly mend: (stage: DownloadStage, folder: string) => Promise<void>;
  /** Of the file, the most that the server may have to send once it is mended: less where a part is gone on with. */
  readonly mostSent?: number;
  /** What then lies there beside the file. */
  readonly stays?: Readonly<Record<string, string | RegExp>>;
}

const part = { 'model.bin.part': /^\d+ bytes$/, 'model.bin.part.json': /^\d+ bytes$/ };
const nothing = (): Readonly<Record<string, string | RegExp>> => ({});

/** The download rows of reference/PERFORMANCE.md §7d. */
export const downloadCases: readonly DownloadCase[] = [
  {
    name: 'disk full',
    inject: async ({ folder }) => await mountSmall(join(folder, 'small'), '1m'),
    message: /^The disk is full: /,
    leaves: nothing,
    mend: (_, folder) => unmount(folder),
  },
  {
    name: 'cancel',
    inject: (stage) => {
      stage.stopsAfter = whole / 2;
      return Promise.resolve(stage.folder);
    },
    message: /^cancelled$/,
    leaves: () => part,
    mend: (stage) => {
      stage.stopsAfter = undefined;
      return Promise.resolve();
    },
    mostSent: whole / 2 + unsureTail,
  },
  {
    name: 'size lie: less than is listed',
    inject: (stage) => spoil(stage, { listedSize: whole + 1 }),
    message: new RegExp(
      `^model\\.bin is listed with .* \\(${whole + 1} bytes\\), but .* \\(${whole} bytes\\) came`,
    ),
    leaves: nothing,
    mend: (stage) => mend(stage, { listedSize: whole }),
  },
  {
    name: 'size lie: more, without a length',
    inject: (stage) => spoil(stage, { listedSize: 1000, isChunked: true }),
    message: /^model\.bin is listed with 1000 B \(1000 bytes\), but /,
    leaves: nothing,
    mend: (stage) => mend(stage, { listedSize: whole, isChunked: false }),
  },
  {
    name: 'server dies',
    inject: (stage) => spoil(stage, { diesAfter: whole / 2 }),
    message: /closed the connection .* is kept, and Download… goes on with it\.$/,
    leaves: () => part,
    mend: (stage) => mend(stage, { diesAfter: undefined }),
    mostSent: whole - 1,
  },
  {
    name: 'resume of another version',
    inject: (stage) => spoil(stage, { diesAfter: whole / 2 }),
    message: /closed the connection/,
    leaves: () => part,
    mend: (stage) => mend(stage, { diesAfter: undefined, etag: '"2"', content: makeContent(99) }),
  },
  {
    name: 'name collision: keep both',
    inject: async (stage) => {
      stage.choice = 'keepBoth';
      await writeFile(join(stage.folder, 'model.bin'), 'mine');
      return stage.folder;
    },
    message: /^whole$/,
    leaves: () => ({ 'model.bin': '4 bytes', 'model (1).bin': 'whole' }),
    mend: (stage) => {
      stage.choice = 'overwrite';
      return Promise.resolve();
    },
    stays: { 'model (1).bin': 'whole' },
  },
  {
    name: 'name collision: skip',
    inject: async (stage) => {
      stage.choice = 'skip';
      await writeFile(join(stage.folder, 'model.bin'), 'mine');
      return stage.folder;
    },
    message: /^whole$/,
    leaves: () => ({ 'model.bin': '4 bytes' }),
    mend: (stage) => {
      stage.choice = 'overwrite';
      return Promise.resolve();
    },
  },
  {
    name: 'name collision: a stranger’s part',
    inject: async ({ folder }) => {
      await writeFile(join(folder, 'model.bin.part'), 'of a browser');
      return folder;
    },
    message: /model\.bin\.part is in the way, and is not of MLflow Lens/,
    leaves: () => ({ 'model.bin.part': '12 bytes' }),
    mend: async ({ folder }) => {
      await run('mv', [join(folder, 'model.bin.part'), join(folder, 'other')]);
    },
    stays: { other: '12 bytes' },
  },
  {
    name: 'no permission',
    inject: async ({ folder }) => {
      // Nobody may keep a root user from writing to an ordinary folder.
      if (process.getuid?.() === 0) return process.platform === 'linux' ? '/sys/kernel' : undefined;
      await chmod(folder, 0o555);
      return folder;
    },
    message: /may not be written: you lack the permission\.$/,
    leaves: nothing,
    mend: (stage) => chmod(stage.folder, 0o755),
  },
  {
    name: 'huge',
    inject: (stage) => spoil(stage, { listedSize: 10 * 2 ** 50 }),
    message: /^There is no room in .*: 10240 TB are to come|^There is no room in .*: 10 PB are to come/,
    leaves: nothing,
    mend: (stage) => mend(stage, { listedSize: whole }),
  },
];

function spoil(stage: DownloadStage, change: Partial<DownloadStage['served']>): Promise<string> {
  Object.assign(stage.served, change);
  return Promise.resolve(stage.folder);
}

async function mend(stage: DownloadStage, change: Partial<DownloadStage['served']>): Promise<void> {
  await spoil(stage, change);
}
