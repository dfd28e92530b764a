import type { ChartData, XAxis } from '../protocol/metrics';
import type { ChartContext } from './chartContext';
import { remember } from './frames';
import type { Palette } from '../shared/palette';
import {
  drawnLines,
  frameOf,
  isSameFrame,
  pictureOf,
  type DrawnLine,
  type Frame,
  type Picture,
} from './picture';

/** What a chart shows of its last answer; made anew only where something of it is another, for drawing is dear. */
export class ChartPicture {
  data: ChartData | undefined;
  drawn: readonly DrawnLine[] = [];
  /** Undefined while there was no answer. */
  current: Picture | undefined;
  private axis: XAxis | undefined;
  private frame: Frame | undefined;
  private readonly drawnLines = remember(drawnLines);
  private readonly make = remember(
    (data: ChartData, drawn: readonly DrawnLine[], frame: Frame, palette: Palette) => {
      const colorOf = (color: number) => palette.colorOf(color);
      return pictureOf({ metric: this.metric, data, drawn, frame, colorOf });
    },
  );

  constructor(private readonly metric: string) {}

  /** Takes an answer, and along which axis its points lie. */
  accept(data: ChartData, axis: XAxis): void {
    this.data = data;
    this.axis = axis;
  }

  /**
   * Draws by the arrangement of now. While another answer is awaited, the former picture stays if the points at hand lie
   * along another axis or are of other lines: it was true, and they would not be.
   */
  update({ arrangement, lines, palette }: ChartContext, isAwaiting: boolean): void {
    const { data, axis } = this;
    if (!data || !axis) return;
    const frame = frameOf(arrangement, this.metric);
    if (!this.frame || !isSameFrame(this.frame, frame)) this.frame = frame;
    const drawn = this.drawnLines(data, lines);
    const isOther = axis.kind !== frame.axis.kind || axis.metric !== frame.axis.metric || drawn.length === 0;
    if (isAwaiting && isOther) return;
    this.drawn = drawn;
    this.current = this.make(data, drawn, this.frame, palette);
  }
}
