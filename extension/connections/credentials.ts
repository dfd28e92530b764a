import { Emitter, type Disposable, type Event } from '../catalog/emitter';
import { causeOf } from '../tracking/errors';
import { UserError } from '../ui/userError';
import type { OriginCredentials } from './login';

/** VS Code's SecretStorage, as far as it is needed. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  readonly onDidChange: Event<{ readonly key: string }>;
}

const prefix = 'mlflow.credentials:';

/** The credentials that the user gave, each kept for one origin in VS Code's secret storage and nowhere else. */
export class Credentials implements Disposable {
  private readonly changed = new Emitter<string>();
  /** Fires with the origin whose credentials changed, in this window or another. */
  readonly onDidChange = this.changed.event;

  /** Every request asks, and the secret storage answers through another process. */
  private readonly known = new Map<string, Promise<OriginCredentials | undefined>>();
  private readonly subscription: Disposable;

  constructor(
    private readonly secrets: SecretStore,
    private readonly log: (line: string) => void,
  ) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (!key.startsWith(prefix)) return;
      const origin = key.slice(prefix.length);
      this.known.delete(origin);
      this.changed.fire(origin);
    });
  }

  /** What is stored for an origin. Never rejects: what cannot be read counts as nothing. */
  read(origin: string): Promise<OriginCredentials | undefined> {
    const known = this.known.get(origin);
    if (known) return known;
    const reading = this.readSecret(origin);
    this.known.set(origin, reading);
    return reading;
  }

  async save(origin: string, credentials: OriginCredentials): Promise<void> {
    try {
      const { encodeCredentials } = await import('./login');
      await this.secrets.store(prefix + origin, encodeCredentials(credentials));
    } catch (error) {
      throw new UserError(`VS Code's secret storage did not take the credentials: ${causeOf(error)}`);
    }
    this.known.delete(origin);
  }

  async remove(origin: string): Promise<void> {
    await this.secrets.delete(prefix + origin);
    this.known.delete(origin);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
    this.known.clear();
  }

  private async readSecret(origin: string): Promise<OriginCredentials | undefined> {
    try {
      const text = await this.secrets.get(prefix + origin);
      if (text === undefined) return undefined;
      const { decodeCredentials } = await import('./login');
      const credentials = decodeCredentials(text);
      // Its content may be a secret in an older form: only the fact is logged.
      if (!credentials) this.log(`The credentials stored for ${origin} are malformed and were ignored.`);
      return credentials;
    } catch {
      this.known.delete(origin);
      this.log(`The credentials stored for ${origin} could not be read from VS Code's secret storage.`);
      return undefined;
    }
  }
}
