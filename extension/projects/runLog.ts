import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { Emitter } from '../catalog/emitter';
import type { Exit } from '../processes/keptProcess';
import type { KeptRun } from './keptRun';
import { filesOf } from './runFolder';

/** How often it is looked for more, in ms. */
const lookMs = 150;

/** How much of a log that somebody comes to later is read, in bytes. */
const latestBytes = 500_000;

/** The words of a run, read from its log as they come. */
export class RunLog {
  private readonly wrote = new Emitter<string>();
  readonly onDidWrite = this.wrote.event;
  /** Settles when the run has ended and all that it wrote has been told. */
  readonly ended: Promise<Exit>;
  private isOver = false;

  /** From its beginning, or, for one that may have written a lot already, the latest of it. */
  constructor(
    private readonly run: Pick<KeptRun, 'folder' | 'ended'>,
    private readonly from: 'beginning' | 'latest',
  ) {
    // Who made it listens before anything is told.
    this.ended = Promise.resolve().then(() => this.follow());
  }

  /** Nobody reads it any more. */
  dispose(): void {
    this.isOver = true;
  }

  private async follow(): Promise<Exit> {
    const decoder = new StringDecoder('utf8');
    const later = () => new Promise<undefined>((resolve) => setTimeout(resolve, lookMs, undefined));
    let place = this.from === 'beginning' ? 0 : undefined;
    let end: Exit | undefined;
    while (!this.isOver && !end) {
      end = await Promise.race([this.run.ended, later()]);
      // What was written before the end is there when the end is told.
      place = await this.read(place, decoder);
    }
    return end ?? (await this.run.ended);
  }

  /** Reads on from there, and answers where it has come to; the same while there is no log. */
  private async read(from: number | undefined, decoder: StringDecoder): Promise<number | undefined> {
    const file = await open(filesOf(this.run.folder).log).catch(() => undefined);
    if (!file) return from;
    try {
      const { size } = await file.stat();
      let place = from ?? Math.max(0, size - latestBytes);
      const piece = Buffer.alloc(65_536);
      for (;;) {
        const { bytesRead } = await file.read(piece, 0, piece.length, place);
        if (bytesRead === 0) return place;
        place += bytesRead;
        this.wrote.fire(decoder.write(piece.subarray(0, bytesRead)));
      }
    } finally {
      await file.close();
    }
  }
}
