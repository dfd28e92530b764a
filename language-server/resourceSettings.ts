import { type ClientCapabilities, ConfigurationRequest, type Connection } from 'vscode-languageserver';
import { pickSections, readSettings, type ServerSettings, settingSections } from './settings';

/** More resources than this are not kept apart. */
const mostKept = 1_000;

/** The settings of each resource, asked of the client once until it says that they changed. */
export class ResourceSettings {
  private readonly asked = new Map<string, Promise<ServerSettings>>();
  private pushed: ServerSettings;

  constructor(
    private readonly connection: Pick<Connection, 'sendRequest'>,
    private readonly capabilities: ClientCapabilities,
    initial: unknown,
  ) {
    this.pushed = readSettings(pickSections(initial));
  }

  /** Those of one who cannot be asked are what they last sent. The same object as long as nothing changed. */
  of(uri: string): Promise<ServerSettings> {
    if (this.capabilities.workspace?.configuration !== true) return Promise.resolve(this.pushed);
    const known = this.asked.get(uri) ?? this.ask(uri);
    if (this.asked.size >= mostKept) this.asked.clear();
    this.asked.set(uri, known);
    return known;
  }

  /** `settings` is what `workspace/didChangeConfiguration` carried. */
  change(settings: unknown): void {
    this.asked.clear();
    this.pushed = readSettings(pickSections(settings));
  }

  private async ask(uri: string): Promise<ServerSettings> {
    const items = settingSections.map((section) => ({ scopeUri: uri, section }));
    const values = await this.connection.sendRequest(ConfigurationRequest.type, { items }).catch(() => []);
    return readSettings(Array.isArray(values) ? values : []);
  }
}
