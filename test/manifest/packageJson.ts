import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** package.json as far as the tests read it. */
export interface PackageJson {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: boolean | 'limited';
      readonly description?: string;
      readonly restrictedConfigurations?: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: boolean | 'limited'; readonly description?: string };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsContainers: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string }[]>
    >;
    readonly viewsWelcome: readonly Welcome[];
    readonly menus: Readonly<Record<string, readonly Conditional[]>>;
    readonly keybindings?: readonly Conditional[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<'dark' | 'light' | 'highContrast' | 'highContrastLight', string>>;
    }[];
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly {
      readonly language: string;
      readonly scopeName: string;
      readonly path: string;
    }[];
  };
}

export interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string | { readonly light: string; readonly dark: string };
  readonly enablement?: string;
}

export interface View {
  readonly id: string;
  readonly name: string;
  readonly icon?: string;
  readonly when?: string;
}

export interface Welcome {
  readonly view: string;
  readonly contents: string;
  readonly when?: string;
}

/** An item of a menu, which may be a submenu, or a key binding. */
export interface Conditional {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

export interface Setting {
  readonly type?: string | readonly string[];
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
}

export function readPackageJson(folder: string): PackageJson {
  return readJson(join(folder, 'package.json')) as PackageJson;
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
