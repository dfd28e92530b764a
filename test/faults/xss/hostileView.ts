import type { Page } from 'playwright-core';
import type { Channel, RequestType } from '../../../webviews/protocol/channel';

/** What a stranger wrote into a place that is named for people: `textFor('run name')`. */
export type TextFor = (sink: string) => string;

/** A view of webviews/ as somebody hostile fills it. */
export interface HostileView {
  /** Its folder. */
  readonly name: string;
  /** Answers all that the view asks, and shows it a snapshot with a stranger's text in each place that can hold one. */
  readonly serve: (channel: Channel, textFor: TextFor) => void;
  /** Shows why there is nothing to show. */
  readonly fail: (channel: Channel, textFor: TextFor) => void;
  /** What is there once the snapshot is drawn. */
  readonly drawn: string;
  /** Sinks that are told or kept, and drawn nowhere. */
  readonly undrawn?: readonly string[];
  /** Has drawn what only a pointer on a place or a key brings; `look` notes what is drawn, where that does not stay. */
  readonly visit?: (page: Page, look: () => Promise<void>) => Promise<void>;
}

/** A text too long to be shown whole at first. */
export function longText(text: string): string {
  return `${text}\n`.repeat(Math.ceil(3000 / (text.length + 1)));
}

/** Fails whatever is asked by this request, for a reason that a stranger wrote. */
export function refuse<Params, Result>(
  channel: Channel,
  request: RequestType<Params, Result>,
  textFor: TextFor,
): void {
  channel.handle(request, () => {
    throw new Error(textFor(`failure of ${request.name}`));
  });
}
