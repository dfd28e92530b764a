import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import { type CodeKnowledge, diagnosticCodes, type Severity } from '../knowledge/diagnosticCodes';
import { docPages } from '../knowledge/docPages';
import type { ServerSettings } from '../settings';
import { checkCondaEnv } from './diagnostics/checkCondaEnv';
import { checkProject } from './diagnostics/checkProject';
import { checkPythonEnv } from './diagnostics/checkPythonEnv';
import { checkRequirementFiles } from './diagnostics/checkRequirementFiles';
import { checkEntryPoints } from './diagnostics/entryPointFaults';
import type { Fault } from './diagnostics/fault';
import { surroundingsOf } from './diagnostics/projectSurroundings';
import { checkModel } from './diagnostics/model/checkModel';
import { checkCompanion } from './diagnostics/model/checkVersions';
import { checkEnvPython } from './diagnostics/model/checkWorkspacePython';
import { withSyntaxFaults } from './diagnostics/syntaxFaults';
import { type OpenDocument, toRange } from './openDocument';
import type { ProjectFacts } from './projectFacts';

const source = 'MLflow Lens';
/** No one reads more, and editors slow down. */
const mostDiagnostics = 1_000;
const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/**
 * What is wrong with a document, in the order of its text. A pure function; what it found of entry points that are still the
 * same it does not look for again. `data` of a diagnostic is a QuickFix, where there is one.
 */
export function diagnose(
  document: OpenDocument,
  facts: ProjectFacts,
  settings: ServerSettings,
): readonly Diagnostic[] {
  const faults = withSyntaxFaults(document, checkDocument(document, facts, settings));
  const shown: Diagnostic[] = [];
  for (const fault of withoutRepeats(faults)) {
    const severity = severityOf(fault, settings);
    if (severity !== 'off') shown.push(toDiagnostic(document, fault, severity));
    if (shown.length === mostDiagnostics) break;
  }
  return shown;
}

function checkDocument(
  document: OpenDocument,
  facts: ProjectFacts,
  settings: ServerSettings,
): readonly Fault[] {
  switch (document.kind) {
    case 'mlproject': {
      const around = surroundingsOf(document.model, facts, settings);
      return [...checkProject(document, around), ...checkEntryPoints(document.model, around)];
    }
    case 'mlmodel':
      return checkModel(document, facts, settings);
    case 'requirements':
      return checkCompanion(document, facts.model ?? {});
    case 'pythonEnv':
      return [
        ...checkPythonEnv(document.model),
        ...checkRequirementFiles(document, facts),
        ...checkCompanion(document, facts.model ?? {}),
        ...checkEnvPython(document, facts.model ?? {}, settings.pythonVersion),
      ];
    case 'condaEnv':
      return [
        ...checkCondaEnv(document.model),
        ...checkRequirementFiles(document, facts),
        ...checkCompanion(document, facts.model ?? {}),
      ];
  }
}

/** In order; what an anchor brings in several times is told once. */
function withoutRepeats(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  const sorted = faults.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return sorted.filter(({ code, range }) => {
    const identity = `${code} ${range.start} ${range.end}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

function severityOf({ code }: Fault, settings: ServerSettings): Severity | 'off' {
  return settings.severities[code] ?? diagnosticCodes[code].severity;
}

function toDiagnostic(document: OpenDocument, fault: Fault, severity: Severity): Diagnostic {
  const { code, range, message, fix, related } = fault;
  const { page, unnecessary }: CodeKnowledge = diagnosticCodes[code];
  const relatedInformation = related?.map((place) => ({
    location: { uri: document.uri, range: toRange(document, place.range) },
    message: place.message,
  }));
  return {
    range: toRange(document, range),
    severity: severities[severity],
    code,
    codeDescription: { href: docPages[page] },
    source,
    message,
    ...(unnecessary && { tags: [DiagnosticTag.Unnecessary] }),
    ...(relatedInformation && { relatedInformation }),
    ...(fix && { data: fix }),
  };
}
