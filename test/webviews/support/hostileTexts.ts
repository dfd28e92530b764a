import type { RunSummary } from '../../../webviews/protocol/runSummary';
import { ordinaryRun } from './runSummaries';

/** What an attacker would put into a name: each sets `window.hacked`, loads something, or leads away, where it works. */
export const payloads: readonly string[] = [
  '<script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=1">',
  '<img src="http://127.0.0.1:1/stolen.png">',
  '<svg onload="window.hacked=1"><animate onbegin="window.hacked=1">',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:1/away">',
  '<link rel="stylesheet" href="http://127.0.0.1:1/a.css">',
  '<base href="http://127.0.0.1:1/">',
  '<form action="http://127.0.0.1:1/"><button autofocus>x</button></form>',
  '<style>@import "http://127.0.0.1:1/a.css"; * { display: none }</style>',
  '<a href="javascript:window.hacked=1">x</a>',
  '[x](command:workbench.action.quit) ![y](http://127.0.0.1:1/y.png)',
  '"><img src=x onerror=window.hacked=1><"',
  "' onfocus='window.hacked=1' autofocus='",
  '</textarea></title></script><script>window.hacked=1</script>',
  '{{constructor.constructor("window.hacked=1")()}} ${window.hacked=1}',
  'javascript:window.hacked=1',
  '__proto__',
  'constructor',
  '\u001b]8;;http://127.0.0.1:1\u0007link\u001b]8;;\u0007\u001b[2J',
  '\u202egnp.exe\u2066\u0000\u0008',
  '\ud800',
  'x'.repeat(10_000),
];

/** A run whose every text is hostile. */
export function hostileRun(): RunSummary {
  const rows = payloads.map((payload, index) => ({ key: `${payload} ${index}`, value: payload }));
  const all = payloads.join(' ');
  return {
    ...ordinaryRun,
    id: ordinaryRun.id,
    name: all.slice(0, 3000),
    isDeleted: true,
    facts: {
      experimentId: all,
      experimentName: all,
      startedAt: 1e300,
      endedAt: -1e300,
      user: all,
      source: all,
      sourceType: all,
      entryPoint: all,
      gitCommit: all,
      gitBranch: all,
      gitRepository: all,
      parentRunId: all,
    },
    note: payloads.join('\n'),
    metrics: rows.map((row) => ({ ...row, step: row.value, loggedAt: Infinity })),
    params: rows,
    tags: rows,
    systemTags: rows,
    datasets: payloads.map((payload) => ({
      name: payload,
      digest: payload,
      context: payload,
      sourceType: payload,
      source: JSON.stringify({ [payload]: payload }),
      schema: JSON.stringify({ mlflow_colspec: [{ name: payload, type: payload }] }),
      profile: payload,
    })),
    models: {
      kind: 'ready',
      models: payloads.map((payload) => ({
        id: payload,
        name: payload,
        role: 'output',
        status: payload,
        type: payload,
        step: payload,
      })),
    },
  };
}
