import type { DocPage } from './docPages';
import type { PythonType } from './pythonTypes';

/** A key that a format allows. */
export interface KeyKnowledge {
  readonly name: string;
  /** What it is for, in Markdown. */
  readonly doc: string;
  /** What it accepts, in words: `a path relative to the project`. */
  readonly accepts: string;
  /** The values to choose from, where they can be listed. */
  readonly values?: readonly string[];
  /** What people write for it that lies further off than a slip of the finger. */
  readonly misspellings?: readonly string[];
  readonly page: DocPage;
  readonly shape?: Shape;
}

/** Which values MLflow dies of. Without it any value is taken. */
export interface Shape {
  readonly types: readonly PythonType[];
  /** An empty value, of any type, is the same as no key. */
  readonly emptyIsAbsent: boolean;
  /** The message that MLflow dies with; `{type}` is the value's type. */
  readonly dies: string;
}
