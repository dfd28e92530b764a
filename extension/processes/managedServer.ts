import type { HttpClient } from '../tracking/rest/http';
import { runWithDeadline, sleep } from '../tracking/rest/deadline';
import { UserError } from '../ui/userError';
import { localClient } from './localClient';
import { ManagedProcess, type ManagedProcessOptions } from './managedProcess';

export interface ManagedServerOptions extends ManagedProcessOptions {
  /** Where the server will listen: `http://127.0.0.1:P`. */
  readonly address: string;
  /** How long the server may take until it answers, in ms. */
  readonly startMs: number;
}

const pollMs = 200;
const answerMs = 5_000;

/** A program of ours that serves HTTP, and answers at `/health` while it is well, as MLflow's servers do. */
export class ManagedServer extends ManagedProcess {
  readonly address: string;
  private readonly client: HttpClient;

  /** Starts the process; whether it serves is known when `becomeHealthy` settles. */
  constructor(private readonly served: ManagedServerOptions) {
    super(served);
    this.address = served.address;
    this.client = localClient(served.address, answerMs);
  }

  /**
   * Waits until it answers. Rejects with a UserError that names the cause when the server ends before that or takes too
   * long, or with the signal's reason; in each case no process is left.
   */
  async becomeHealthy(signal: AbortSignal): Promise<void> {
    const { name, startMs, log } = this.served;
    const settled = new AbortController();
    const tooLate = (): Error => new UserError(`${name} did not answer within ${startMs / 1000} s.`);
    try {
      await runWithDeadline(signal, startMs, tooLate, (inner) =>
        Promise.race([this.poll(AbortSignal.any([inner, settled.signal])), this.failWhenEnded()]),
      );
      log(`The server answers at ${this.address}.`);
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      settled.abort();
    }
  }

  /** Whether it answers within 5 s that it is well. Rejects with the signal's reason only. */
  async answers(signal: AbortSignal): Promise<boolean> {
    try {
      await this.client.send({ method: 'GET', path: '/health', isRepeatable: false }, signal);
      return true;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }

  private async failWhenEnded(): Promise<never> {
    await this.ended;
    throw new UserError(`${this.served.name} ended before it answered: ${this.endCause}.`);
  }

  private async poll(signal: AbortSignal): Promise<void> {
    while (!(await this.answers(signal))) await sleep(pollMs, signal);
  }
}
