import { readPipRequirement, type Requirement } from './requirement';
import type { ScalarNode, YamlDocument } from './yamlTree';

/** A requirements.txt. */
export interface RequirementsModel {
  /** Of nothing but the text: it is no YAML. */
  readonly yaml: YamlDocument;
  /** One for each line that says something. */
  readonly requirements: readonly Requirement[];
}

/** More lines than this are not looked at: MLflow writes a few dozen. */
const mostLines = 10_000;

/** Reads a requirements.txt: comments and blank lines are left out, a line that goes on after a backslash is read to its end. */
export function readRequirementsFile(text: string): RequirementsModel {
  const requirements: Requirement[] = [];
  for (const { 0: line, index } of text.matchAll(/^[^\r\n]*$/gm)) {
    const written = line
      .replace(/(?:^|\s)#.*$/, '')
      .replace(/\\$/, '')
      .trimEnd();
    const lead = written.length - written.trimStart().length;
    if (written !== '') requirements.push(readPipRequirement(lineNode(written.trimStart(), index + lead)));
    if (requirements.length >= mostLines) break;
  }
  return { yaml: { text, errors: [], anchors: new Map(), comments: [] }, requirements };
}

/** A line as requirements in YAML are: text whose place in the document is known. */
function lineNode(text: string, start: number): ScalarNode {
  return {
    kind: 'scalar',
    style: 'plain',
    text,
    value: { type: 'str', value: text },
    range: { start, end: start + text.length },
    pieces: [0, 0, text.length],
  };
}
