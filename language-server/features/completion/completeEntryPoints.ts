import {
  type EntryPointSkeleton,
  makeEntryPoint,
  waysToCall,
  writeParameter,
} from '../../documents/entryPointSkeleton';
import type { OptionSet, ScriptCommand } from '../../documents/python/scriptOptions';
import { shellQuote } from '../../documents/shellQuote';
import { writeYamlString } from '../../documents/yamlWrite';
import { codeBlock } from '../markdown';
import { type Caret, type Draft, snippetText } from './draft';
import { findScripts, readScript } from './scriptFiles';

/** Entry points to add: one for each script in the project, or each of its commands, with the options as parameters, and an empty one. */
export async function completeEntryPoints(caret: Caret): Promise<readonly Draft[]> {
  const { hasColon, inFlow } = caret.place;
  if (hasColon || inFlow) return [];
  const siblings = new Set(caret.place.siblings());
  const paths = await findScripts(caret);
  const scripts = await Promise.all(paths.map((path) => readScript(caret, path)));
  const drafts = paths.flatMap((path, index) => {
    const name = siblings.has('main') || paths.length > 1 ? nameFor(path, siblings) : 'main';
    const script = scripts[index];
    return script ? waysToCall(script).map((way) => draftOf(path, script, way, name, siblings)) : [];
  });
  const [name, other] = siblings.has('main') ? ['name', 'another entry point'] : ['main', 'main'];
  const empty = `\${1:${name}}:\n  parameters:\n    \${2:name}: {type: \${3|string,float,int,path,uri|}, default: $4}\n  command: \${5:python train.py}`;
  return [...drafts, { label: other, kind: 'Snippet', snippet: empty, detail: 'parameters and a command' }];
}

/** Of a command of a script, its name or, where that is taken, the script's name in front of it. */
function draftOf(
  path: string,
  script: OptionSet,
  way: readonly ScriptCommand[],
  scriptName: string,
  taken: ReadonlySet<string>,
): Draft {
  const words = way.map(({ names: [word = ''] }) => word);
  const own = words.join('_');
  const name = own === '' ? scriptName : taken.has(own) ? `${nameFor(path, taken)}_${own}` : own;
  const skeleton = makeEntryPoint(name, `python ${shellQuote(path)}`, script, way);
  return skeletonDraft([path, ...words].join(' '), skeleton);
}

function nameFor(path: string, taken: ReadonlySet<string>): string {
  const stem = path.replace(/^.*\//, '').replace(/\.py$/, '');
  return taken.has(stem) ? path.replace(/\.py$/, '').replaceAll('/', '_') : stem;
}

/** @param called the script, and which of its commands */
function skeletonDraft(called: string, skeleton: EntryPointSkeleton): Draft {
  const { parameters, leftOut } = skeleton;
  const count = parameters.length === 1 ? 'one parameter' : `${parameters.length} parameters`;
  const left = leftOut.map(({ option, reason }) => `${option.names[0] ?? option.dest} (${reason})`);
  const shown = codeBlock('yaml', skeletonLines(skeleton, (text) => text).join('\n'));
  return {
    label: `${skeleton.name} (${called})`,
    insert: skeleton.name,
    kind: 'Snippet',
    snippet: skeletonSnippet(skeleton),
    detail: parameters.length > 0 ? `runs ${called}, ${count}` : `runs ${called}`,
    doc: left.length > 0 ? `${shown}\n\nWithout:\n${codeBlock('', left.join('\n'))}` : shown,
    order: 3,
  };
}

function skeletonSnippet(skeleton: EntryPointSkeleton): string {
  const [first = '', ...rest] = skeletonLines(skeleton, snippetText);
  return [`\${1:${first.slice(0, -1)}}:`, ...rest].join('\n');
}

function skeletonLines(
  { name, parameters, command }: EntryPointSkeleton,
  escape: (text: string) => string,
): readonly string[] {
  const declared = parameters.map((parameter) => escape(`    ${writeParameter(parameter)}`));
  return [
    escape(`${writeYamlString(name)}:`),
    ...(declared.length > 0 ? ['  parameters:', ...declared] : []),
    escape(`  command: ${writeCommand(command)}`),
  ];
}

/** Plain where YAML takes it so. */
function writeCommand(command: string): string {
  return /^[\w./][^\n]*$/.test(command) && !/: |:$| #|\s$/.test(command) ? command : JSON.stringify(command);
}
