/** What a shell, Python, click, YAML or VS Code might take for more than a text. Where a shell runs one, a file `canary` appears. */
export const payloads: readonly string[] = [
  ...['$(touch canary)', '`touch canary`', '; touch canary', '&& touch canary', '| touch canary', '> canary'],
  ...["'; touch canary; '", '"; touch canary; "', "it's", '"quoted"', "'\"'\"'", '\\', '\\\\\\"', "\\'"],
  ...['line\ntouch canary\n', '\ttab', ' spaces  in  it ', '', '-', '--help', '-rf', '--alpha=1', '-P'],
  ...['$HOME', '${HOME}', '%PATH%', '!!', '*', '~', '#none', '{a}', '{{a}}', '{0}', 'a=b=c'],
  ...['\u0001\u001b[31m', 'ünïcödé ✓ 漢字 🧪', '${env:HOME}', '${command:workbench.action.quit}'],
  ...["' in run with ID 'x' ==="],
];

/** Addresses by which Git would run a program, or that it would take for an option. */
export const badAddresses: readonly string[] = [
  ...['ext::sh -c touch% canary', 'fd::17', '--upload-pack=touch canary', '-oProxyCommand=touch canary'],
  ...['ssh://-oProxyCommand=touch canary/x', 'git@-oProxyCommand=touch:x', 'file://-x', 'https://a b', '.'],
];
