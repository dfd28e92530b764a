import type { Diagnostic } from 'vscode-languageserver-types';
import { LineIndex } from '../../../language-server/documents/textRange';
import { diagnose } from '../../../language-server/features/diagnose';
import { noFacts, type ProjectFacts } from '../../../language-server/features/projectFacts';
import { defaultSettings, type ServerSettings } from '../../../language-server/settings';
import type { CaseKind } from '../../agree/askMlflow';
import { openText } from '../../agree/agreement';

export interface Around {
  readonly kind?: CaseKind;
  readonly facts?: Partial<ProjectFacts>;
  readonly settings?: Partial<ServerSettings>;
  /** The file's name. */
  readonly file?: string;
}

const severities = ['', 'error', 'warning', 'information', 'hint'];

/** All diagnostics of a text whose `«marks»` are taken out of it. */
export function diagnosticsOf(
  marked: string,
  { kind = 'mlproject', facts, settings, file }: Around = {},
): readonly Diagnostic[] {
  const document = openText(kind, marked.replace(/[«»]/g, ''));
  const named = file === undefined ? document : { ...document, uri: `file:///project/${file}` };
  return diagnose(named, { ...noFacts('file:///project/'), ...facts }, { ...defaultSettings, ...settings });
}

/** The text with marks where diagnostics are; one behind the other if there are several. */
export function markDiagnostics(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = new LineIndex(text);
  const marks = diagnostics.flatMap(({ range }) => [
    { at: lines.offsetAt(range.start), mark: '«' },
    { at: lines.offsetAt(range.end), mark: '»' },
  ]);
  return marks
    .toSorted((a, b) => b.at - a.at || (a.mark === '»' ? -1 : 1))
    .reduce((marked, { at, mark }) => marked.slice(0, at) + mark + marked.slice(at), text);
}

/** `error mlproject.unknown-key` */
export function nameOf({ severity = 1, code }: Diagnostic): string {
  return `${severities[severity]} ${code}`;
}
