import { toMarkdown } from '../ui/text';
import type { Finding } from './checkEnvironment';

/** The findings as a Markdown document: what is there, then what is not and how to get it. */
export function writeReport(findings: readonly Finding[]): string {
  const there = findings.filter(({ isThere }) => isThere);
  const missing = findings.filter(({ isThere }) => !isThere);
  const parts = [
    '# What MLflow finds here',
    ...there.map(describe),
    ...(missing.length === 0 ? [] : ['## What is not there', ...missing.map(explain)]),
    'Credentials are only looked for; their values are not read into this document.',
  ];
  return `${parts.join('\n\n')}\n`;
}

function describe({ name, detail, purpose }: Finding): string {
  return `**${toMarkdown(name)}**: ${toMarkdown(detail)}  \nFor: ${purpose}`;
}

function explain(finding: Finding): string {
  return `${describe(finding)}  \nTo get it: ${finding.way}`;
}
