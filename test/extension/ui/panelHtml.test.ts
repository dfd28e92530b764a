import { equal, match, notEqual, ok } from 'node:assert/strict';
import { createNonce, panelHtml } from '../../../extension/ui/panelHtml';

const page = {
  title: 'MLflow Run',
  cspSource: "'self' https://*.vscode-cdn.net",
  scriptUri: 'https://host/dist/webviews/runSummary.js?a=1&b="2"',
  styleUri: 'https://host/dist/webviews/runSummary.css',
  nonce: 'n0nce',
};

describe('The page of a panel', () => {
  const html = panelHtml(page);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

  it('lets nothing load or run but its own', () => {
    equal(
      policy,
      "default-src 'none'; script-src 'nonce-n0nce'; style-src 'self' https://*.vscode-cdn.net; " +
        "font-src 'self' https://*.vscode-cdn.net; base-uri 'none'; form-action 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
    );
    ok(!policy.includes('unsafe'));
  });

  it('names the policy before anything it is to hold', () => {
    ok(html.indexOf('Content-Security-Policy') < html.indexOf('<link'));
    ok(html.indexOf('Content-Security-Policy') < html.indexOf('<script'));
  });

  it('keeps addresses inside their attributes', () => {
    match(html, /src="https:\/\/host\/dist\/webviews\/runSummary\.js\?a=1&#38;b=&#34;2&#34;"/);
  });

  it('has a new nonce each time', () => {
    notEqual(createNonce(), createNonce());
    match(createNonce(), /^[\w-]{24}$/);
  });
});
