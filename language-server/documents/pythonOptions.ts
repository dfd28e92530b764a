import { readAbsl } from './python/absl';
import { readArgparse } from './python/argparse';
import { readArgv, readsArgv } from './python/argv';
import { readClick } from './python/click';
import { readFire } from './python/fire';
import { type ScriptOptions, unreadable } from './python/scriptOptions';
import { parsePython } from './python/syntax';
import { readTyper } from './python/typer';
import { readTyro } from './python/tyro';

/** What click, typer and configargparse are told to read values from other places with, and options that decide for themselves. */
const otherSources =
  /\b(auto_envvar_prefix|default_map|envvar|prompt|cls)\s*=|["'](auto_envvar_prefix|default_map)["']|\bconfigargparse\b/;
const readers = [readTyper, readClick, readFire, readTyro, readArgparse, readAbsl];

/**
 * The command line options that a Python script declares, read from its text alone: nothing is run, no other file looked at.
 * Never throws. What cannot be told is said to be dynamic: a script of more than a million characters, one that is nested
 * deeper than code is, one that is no Python, one whose options come from elsewhere.
 */
export function readPythonOptions(source: string): ScriptOptions {
  const script = parsePython(source);
  if (!script) return unreadable;
  const [first, another] = readers.flatMap((read) => read(script) ?? []);
  if (!first) return readArgv(script) ?? unreadable;
  const isDynamic = first.isDynamic || another !== undefined || script.hasErrors || readsArgv(script);
  return { ...first, isDynamic, ...(otherSources.test(source) && { hasOtherSources: true }) };
}
