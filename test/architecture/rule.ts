import type { Finder, Finding } from './findings';
import type { Source } from './source';

/** Made-up files, by path: the first one is what the rule is asked about. */
export type Example = Readonly<Record<string, string>>;

export interface Rule {
  readonly name: string;
  readonly where: RegExp;
  /** The one file, or the few, where it is allowed. */
  readonly except?: RegExp;
  readonly find: Finder;
  /** Each of these must be caught, and each of those let through: a rule that cannot fail proves nothing. */
  readonly caught: readonly Example[];
  readonly passes: readonly Example[];
}

/** What the rule says about a file. */
export function check(rule: Rule, source: Source, all: readonly Source[]): readonly Finding[] {
  const applies = rule.where.test(source.path) && !rule.except?.test(source.path);
  return applies ? rule.find(source, all) : [];
}

/** The sources of the three programs. */
export const programs = /^(extension|language-server|webviews)\/.*\.ts$/;
