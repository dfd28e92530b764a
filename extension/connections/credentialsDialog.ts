import { nameConnection } from './connection';
import { findHeaderNameProblem, findHeaderValueProblem } from './headers';
import { askOption, askText } from '../ui/inputs';
import type { Login, OriginCredentials } from './login';
import { visibleText } from './plainLabel';

/**
 * Asks how to sign in there, and for what that takes. A login replaces the login and headers replace the headers, so
 * that who needs both asks twice; undefined when the user would rather stop.
 */
export async function askCredentials(
  uri: string,
  existing: OriginCredentials | undefined,
): Promise<OriginCredentials | undefined> {
  const title = `Sign in to ${visibleText(nameConnection(uri))}`;
  const way = await askOption(title, 'How does this server know you?', [
    { label: '$(account) Username and Password', value: 'basic' },
    { label: '$(key) Bearer Token', value: 'bearer' },
    {
      label: '$(list-unordered) Custom Headers',
      detail: 'For a proxy in front of MLflow; they are sent beside a username or token.',
      value: 'headers',
    },
  ] as const);
  if (way === undefined) return undefined;
  const { login, headers = new Map<string, string>() } = existing ?? {};
  if (way === 'headers') {
    const typed = await askHeaders(title);
    return typed && { login, headers: typed };
  }
  const typed = way === 'basic' ? await askBasic(title, login) : await askBearer(title);
  return typed && { login: typed, headers };
}

async function askBasic(title: string, existing: Login | undefined): Promise<Login | undefined> {
  const username = await askText({
    title,
    prompt: 'Username',
    value: existing?.kind === 'basic' ? existing.username : undefined,
    findProblem: findUsernameProblem,
  });
  if (username === undefined) return undefined;
  const password = await askText({ title, prompt: `Password of ${username}`, isSecret: true });
  return password === undefined ? undefined : { kind: 'basic', username: username.trim(), password };
}

async function askBearer(title: string): Promise<Login | undefined> {
  const token = await askText({
    title,
    prompt: 'Token, without the word Bearer',
    isSecret: true,
    findProblem: (text) => findHeaderValueProblem(text.trim()),
  });
  return token === undefined ? undefined : { kind: 'bearer', token: token.trim() };
}

async function askHeaders(title: string): Promise<ReadonlyMap<string, string> | undefined> {
  const headers = new Map<string, string>();
  for (;;) {
    const name = await askText({
      title,
      prompt: "The header's name",
      placeholder: 'X-Api-Key',
      findProblem: (text) => findHeaderNameProblem(text.trim()),
    });
    if (name === undefined) return undefined;
    const value = await askText({
      title,
      prompt: `The value of ${name.trim()}`,
      isSecret: true,
      findProblem: findHeaderValueProblem,
    });
    if (value === undefined) return undefined;
    headers.set(name.trim().toLowerCase(), value.trim());
    const next = await askOption(title, `Headers so far: ${[...headers.keys()].join(', ')}`, [
      { label: '$(check) Done', value: 'done' },
      { label: '$(add) Add Another Header', value: 'more' },
    ] as const);
    if (next !== 'more') return next && headers;
  }
}

function findUsernameProblem(text: string): string | undefined {
  if (text.trim() === '') return 'Enter a username.';
  return text.includes(':') ? "A username can't hold a colon." : undefined;
}
