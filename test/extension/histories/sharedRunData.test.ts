import { equal, notEqual, rejects } from 'node:assert/strict';
import { Attention } from '../../../extension/catalog/attention';
import { SharedRunData } from '../../../extension/histories/sharedRunData';
import { Sessions } from '../../../extension/session';
import { MemoryStore } from '../catalog/memoryStore';
import { memento } from '../runsTable/memento';

describe('What panels that show runs share', () => {
  const sessions = new Sessions({
    openStore: () => Promise.resolve(new MemoryStore()),
    pageSize: () => 100,
    attention: new Attention(),
    isSeen: () => false,
  });
  const connect = async () => {
    const authorize = () => Promise.resolve(new Map<string, string>());
    sessions.use({ uri: 'http://mlflow', source: 'userSetting', sourceLabel: '', authorize });
    return (await sessions.demand())!;
  };
  const wanted = {
    runId: 'r',
    metric: 'loss',
    latest: { value: 0, step: 0, timestamp: 0 },
    isFinished: true,
  };

  after(() => {
    sessions.dispose();
  });

  it('is one cache of histories for each session, which ends with it', async () => {
    const data = new SharedRunData(sessions, memento());
    const session = await connect();
    const histories = data.historiesOf(session);
    equal(data.historiesOf(session), histories);
    const other = await connect();
    const { signal } = new AbortController();
    await rejects(histories.read(wanted, signal), { name: 'AbortError' });
    notEqual(data.historiesOf(other), histories);
    data.dispose();
  });
});
