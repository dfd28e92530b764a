// A main program: yaml-language-server as it is, but for the 200 ms that it waits after an edit, which no setting changes.
import { SettingsState } from 'yaml-language-server/out/server/src/yamlSettings';

Object.defineProperty(SettingsState.prototype, 'validationDelayMs', { get: () => 0, set: () => undefined });
void import('yaml-language-server/out/server/src/server.js');
