import type { Locator } from 'playwright-core';
import { guide } from './hostileStore';
import { words, type Stage } from './stage';
import type { WorkbenchCase } from './workbenchCases';

type View = Parameters<Stage['rows']>[0];

/** Rows of the trees and what they tell on hovering, one kind after the other. */
export const treeCases: readonly WorkbenchCase[] = [
  { name: 'experiments', run: (stage) => pointAtAll(stage, 'Experiments', 1) },
  {
    name: 'runs',
    run: async (stage) => {
      await unfold(stage, 'Experiments', 1, guide);
      return await pointAtAll(stage, 'Experiments', 2);
    },
  },
  ...['Parameters', 'Metrics', 'Tags', 'Artifacts', 'Datasets', 'Models'].map(sectionCase),
  { name: 'registered models', run: (stage) => pointAtAll(stage, 'Registered Models', 1) },
  {
    name: 'model versions',
    run: async (stage) => {
      await unfold(stage, 'Registered Models', 1, guide);
      return await pointAtAll(stage, 'Registered Models', 2);
    },
  },
  {
    name: 'facts of a version',
    run: async (stage) => {
      await unfold(stage, 'Registered Models', 2, /^Version 1(?!\d)/);
      return await pointAtAll(stage, 'Registered Models', 3, /^(Source run|Description|Status|Source)(?!\w)/);
    },
  },
  versionPartCase('tags of a version', 'Tags', 4),
  versionPartCase('signature of a version', 'Signature', 5),
];

function sectionCase(section: string): WorkbenchCase {
  return {
    name: `${section.toLowerCase()} of a run`,
    run: async (stage) => {
      const isOpen = (await stage.rows('Experiments', 3).count()) > 0;
      if (!isOpen) await unfold(stage, 'Experiments', 2, guide);
      await unfold(stage, 'Experiments', 3, section);
      const outcome = await pointAtAll(stage, 'Experiments', 4);
      await stage.page.keyboard.press('Escape');
      await fold(stage, 'Experiments', 3, section);
      return outcome;
    },
  };
}

function versionPartCase(name: string, part: string, depth: number): WorkbenchCase {
  return {
    name,
    run: async (stage) => {
      await unfold(stage, 'Registered Models', 3, part);
      if (depth > 4) await unfold(stage, 'Registered Models', 4, 'Inputs');
      const outcome = await pointAtAll(stage, 'Registered Models', depth);
      await fold(stage, 'Registered Models', 3, part);
      return outcome;
    },
  };
}

async function unfold(stage: Stage, view: View, depth: number, label: string | RegExp): Promise<void> {
  const row = find(stage, view, depth, label);
  await row.focus();
  await row.locator('.monaco-tl-twistie').click();
  await stage
    .rows(view, depth + 1)
    .first()
    .waitFor();
}

async function fold(stage: Stage, view: View, depth: number, label: string): Promise<void> {
  await find(stage, view, depth, label).locator('.monaco-tl-twistie').click();
  await stage
    .rows(view, depth + 1)
    .first()
    .waitFor({ state: 'detached' });
}

function find(stage: Stage, view: View, depth: number, label: string | RegExp): Locator {
  const text = typeof label === 'string' ? new RegExp(`^${label}`) : label;
  return stage.rows(view, depth).filter({ hasText: text }).first();
}

/** Points at each of the rows. The tooltip says what the row is called, to the letter. */
async function pointAtAll(stage: Stage, view: View, depth: number, which = /^/): Promise<string> {
  const rows = stage.rows(view, depth);
  let count = 0;
  for (const row of await rows.all()) {
    const label = words(await row.locator('.label-name').innerText());
    if (!which.test(label)) continue;
    const tooltip = await stage.pointAt(row, label.slice(0, 60));
    const isTold = tooltip.toLowerCase().includes(label.toLowerCase());
    if (!isTold) stage.note('shown', `${label.slice(0, 60)} is told as ${tooltip.slice(0, 60)}`);
    count++;
  }
  if (count === 0) stage.note('shown', 'there are no rows');
  return `${count} tooltips`;
}
