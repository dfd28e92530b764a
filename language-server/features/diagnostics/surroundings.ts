import type { ScriptOptions } from '../../documents/python/scriptOptions';
import type { FileKind } from '../../protocol';

/** What an entry point is checked against beside its own text. */
export interface Surroundings {
  fileKind(path: string): FileKind | undefined;
  script(path: string): ScriptOptions | undefined;
  hasEntryPoint(name: string): boolean;
  /** Separated by line ends. */
  entryPointNames(): string;
  /** What becomes of `-P name=…` for one of the project's entry points; `unsure` where a script decides that cannot be read. */
  parameterFate(entryPoint: string, name: string): ParameterFate;
  /** The parameters that an entry point must be given, separated by line ends. */
  requiredParameters(entryPoint: string): string;
  isSparkJob(): boolean;
  isAllowed(keyPath: readonly string[]): boolean;
}

export type ParameterFate = 'declared' | 'refused' | 'unsure';

/** What was asked of surroundings, so that what follows from the answers can be kept until one of them changes. */
export class AskedSurroundings implements Surroundings {
  private readonly asked: ((now: Surroundings) => boolean)[] = [];

  constructor(private readonly surroundings: Surroundings) {}

  /** Whether others would have answered the same; it holds on to nothing but the answers. */
  comparison(): (now: Surroundings) => boolean {
    const { asked } = this;
    return (now) => asked.every((isSame) => isSame(now));
  }

  fileKind(path: string): FileKind | undefined {
    return this.ask((from) => from.fileKind(path));
  }

  script(path: string): ScriptOptions | undefined {
    return this.ask((from) => from.script(path));
  }

  hasEntryPoint(name: string): boolean {
    return this.ask((from) => from.hasEntryPoint(name));
  }

  entryPointNames(): string {
    return this.ask((from) => from.entryPointNames());
  }

  parameterFate(entryPoint: string, name: string): ParameterFate {
    return this.ask((from) => from.parameterFate(entryPoint, name));
  }

  requiredParameters(entryPoint: string): string {
    return this.ask((from) => from.requiredParameters(entryPoint));
  }

  isSparkJob(): boolean {
    return this.ask((from) => from.isSparkJob());
  }

  isAllowed(keyPath: readonly string[]): boolean {
    return this.ask((from) => from.isAllowed(keyPath));
  }

  private ask<Answer>(question: (from: Surroundings) => Answer): Answer {
    const answer = question(this.surroundings);
    this.asked.push((now) => question(now) === answer);
    return answer;
  }
}
