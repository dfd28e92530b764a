import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const tierNames = ['plain', 'mlflow', 'host', 'ui'] as const;
export type Tier = (typeof tierNames)[number];

/** How long one test or hook of a tier may take. */
export const timeouts: Readonly<Record<Tier, number>> = {
  plain: 20_000,
  mlflow: 180_000,
  host: 180_000,
  ui: 180_000,
};

/** Which tier a compiled test file belongs to, by its suffix; undefined when it is no test. */
export function tierOf(file: string): Tier | undefined {
  const match = /\.(?:(mlflow|host|ui)\.)?test\.js$/.exec(file);
  if (!match) return undefined;
  return (match[1] as Tier | undefined) ?? 'plain';
}

/** The compiled test files of a tier, in a steady order. */
export function findTests(folder: string, tier: Tier): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => tierOf(file) === tier)
    .sort()
    .map((file) => join(folder, file));
}
