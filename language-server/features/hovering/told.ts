import type { TextRange } from '../../documents/textRange';

/** What is told at a place, in Markdown, and what it is told of. */
export interface Told {
  readonly markdown: string | undefined;
  readonly range: TextRange;
}
