import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../support/cache';

/** One request to a real MLflow 3.17.2 and what it answered. */
export interface Example {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body: parsed, where it was JSON. */
  readonly response: unknown;
}

/** The files' own form: two recorders wrote them. */
interface Recorded {
  readonly request?: { readonly method: string; readonly path?: string; readonly url?: string };
  readonly status: number;
  readonly content_type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly response: unknown;
}

const folder = join(projectRoot(), '..', 'shared', 'reference', 'examples');

/** The recorded replies, which lie beside the checkout where they were made; undefined elsewhere. */
export function readExamples(): readonly Example[] | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) => readExample(file) ?? []);
}

function readExample(file: string): Example | undefined {
  const text = readFileSync(join(folder, file), 'utf8');
  // One endpoint, which we do not use, answers with bare NaN.
  const { request, ...reply } = JSON.parse(text.replace(/: NaN\b/g, ': "NaN"')) as Recorded;
  const path = request?.path ?? (request?.url === undefined ? undefined : new URL(request.url).pathname);
  if (!request || path === undefined) return undefined;
  return {
    name: file.slice(0, -'.json'.length),
    method: request.method,
    path,
    status: reply.status,
    headers: reply.headers ?? { 'content-type': reply.content_type ?? 'application/json' },
    response: reply.response,
  };
}
