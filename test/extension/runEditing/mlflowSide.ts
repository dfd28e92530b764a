const api = '/api/2.0/mlflow';

interface Reply {
  readonly experiments?: readonly { readonly experiment_id: string; readonly name: string }[];
  readonly runs?: readonly { readonly info: { readonly run_id: string; readonly run_name: string } }[];
  readonly run?: {
    readonly data: { readonly tags?: readonly { readonly key: string; readonly value: string }[] };
  };
}

/** What others than the tested person see and do on a server. */
export class MlflowSide {
  constructor(private readonly uri: string) {}

  async experiments() {
    return (await this.post('experiments/search', { max_results: 1000 })).experiments ?? [];
  }

  /** The run of that name. */
  async runId(name: string): Promise<string> {
    const experiment_ids = (await this.experiments()).map((one) => one.experiment_id);
    const { runs = [] } = await this.post('runs/search', { experiment_ids, max_results: 1000 });
    const found = runs.find(({ info }) => info.run_name === name);
    if (!found) throw new Error(`no run ${name}`);
    return found.info.run_id;
  }

  async tags(runId: string): Promise<ReadonlyMap<string, string>> {
    const reply = await fetch(`${this.uri}${api}/runs/get?run_id=${runId}`);
    const { run } = (await reply.json()) as Reply;
    return new Map(run?.data.tags?.map(({ key, value }) => [key, value]));
  }

  async setTag(run_id: string, key: string, value: string): Promise<void> {
    await this.post('runs/set-tag', { run_id, key, value });
  }

  private async post(path: string, body: object): Promise<Reply> {
    const reply = await fetch(`${this.uri}${api}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as Reply;
  }
}
