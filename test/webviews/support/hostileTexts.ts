import type { RunSummary } from '../../../webviews/protocol/runSummary';
import { ordinaryRun } from './runSummaries';

/**
 * What an attacker would put into a name: each sets `window.hacked`, loads something from 127.0.0.1:1, leads away or runs a
 * command, where it works; or it lies about what it is.
 */
export const namedPayloads: Readonly<Record<string, string>> = {
  'script element': '<script>window.hacked=1</script>',
  'picture that fails': '<img src=x onerror="window.hacked=1">',
  picture: '<img src="http://127.0.0.1:1/stolen.png">',
  'SVG that loads': '<svg onload="window.hacked=1"><animate onbegin="window.hacked=1">',
  'frame with a document': '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  'meta refresh': '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:1/away">',
  'style sheet': '<link rel="stylesheet" href="http://127.0.0.1:1/a.css">',
  base: '<base href="http://127.0.0.1:1/">',
  form: '<form action="http://127.0.0.1:1/"><button autofocus>x</button></form>',
  'style element': '<style>@import "http://127.0.0.1:1/a.css"; * { display: none }</style>',
  'javascript: link': '<a href="javascript:window.hacked=1">x</a>',
  'Markdown command link': '[x](command:workbench.action.quit) ![y](http://127.0.0.1:1/y.png)',
  'end of an attribute': '"><img src=x onerror=window.hacked=1><"',
  'attribute of an element': "' onfocus='window.hacked=1' autofocus='",
  'end of text elements': '</textarea></title></script><script>window.hacked=1</script>',
  template: '{{constructor.constructor("window.hacked=1")()}} ${window.hacked=1}',
  'javascript: address': 'javascript:window.hacked=1',
  prototype: '__proto__',
  constructor: 'constructor',
  'escape sequences': '\u001b]8;;http://127.0.0.1:1\u0007link\u001b]8;;\u0007\u001b[2J',
  'reordering marks': '\u202egnp.exe\u2066\u0000\u0008',
  'half a character': '\ud800',
  'ten thousand characters': 'x'.repeat(10_000),
  'frame elsewhere': '<iframe src="http://127.0.0.1:1/frame"></iframe><embed src="http://127.0.0.1:1/e">',
  object: '<object data="http://127.0.0.1:1/o"></object>',
  'style attribute': '<div style="background:url(http://127.0.0.1:1/b.png);position:fixed;inset:0">x</div>',
  'end of a style': '</style><style>*{background:url(http://127.0.0.1:1/c.png)}',
  'style value': 'red;background:url(http://127.0.0.1:1/d.png)',
  video: '<video src="http://127.0.0.1:1/v.mp4" onerror="window.hacked=1" autoplay></video>',
  'details that open': '<details open ontoggle="window.hacked=1"><summary>x</summary></details>',
  'SVG link':
    '<svg><a href="javascript:window.hacked=1"><text>x</text></a><image href="http://127.0.0.1:1/i"/></svg>',
  'MathML that mutates':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=window.hacked=1&gt;">',
  'data: link': '<a href="data:text/html,<script>window.hacked=1</script>">x</a>',
  'link with a ping': '<a href="http://127.0.0.1:1/pop" target="_blank" ping="http://127.0.0.1:1/ping">x</a>',
  'prefetched link':
    '<link rel="prefetch" href="http://127.0.0.1:1/p"><link rel="preconnect" href="http://127.0.0.1:1">',
  'button with an action': '<form><button formaction="javascript:window.hacked=1">x</button></form>',
  'end of a JSON text': '"}];window.hacked=1//\u2028window.hacked=1',
  'end of a selector': '"],*,[x="',
  'character references': '&lt;img src=x onerror=window.hacked=1&gt; &#x202e;gnp.exe&#10;&nbsp;&#60;b&#62;',
  'percent signs': '%3Cscript%3Ewindow.hacked%3D1%3C/script%3E',
  'Markdown picture': '![x](http://127.0.0.1:1/m.png) ![y](http://127.0.0.1:1/n.png|width=500)',
  'Markdown link': '[x](http://127.0.0.1:1/l) [y](javascript:window.hacked=1) [z](file:///hacked)',
  'Markdown link with a title':
    '[x](command:workbench.action.quit "harmless") [y](http://127.0.0.1:1/t \'harmless\')',
  'Markdown link by reference': '[x][1]\n\n[1]: command:workbench.action.quit',
  'Markdown address': '<http://127.0.0.1:1/a> <command:workbench.action.quit> <me@example.invalid>',
  'bare addresses': 'http://127.0.0.1:1/b www.example.invalid me@example.invalid vscode://hacked/x',
  'Markdown with HTML': '<span style="color:#f00;">[x](command:workbench.action.quit)</span><hr>',
  'Markdown code': '```html\n<img src=x onerror=window.hacked=1>\n```\n`x` **x** _x_ ~~x~~',
  'Markdown blocks': '# x\n- x\n1. x\n> x\n\n| a | b |\n|---|---|\n| c | d |\n\n***\n- [x] x',
  icons: '$(zap) $(sync~spin) [$(link)](command:workbench.action.quit)',
  'characters without width': 'a\u200b\u2060\ufeff\u00ad\u{e0067}b\u3164',
  'folders up': '../../../../etc/passwd\u0000.png',
  formula: '=HYPERLINK("http://127.0.0.1:1/h","x")',
  toString: 'toString',
};

export const payloads: readonly string[] = Object.values(namedPayloads);

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
