import type { YamlNode } from './yamlTree';

const identities = new WeakMap<YamlNode, object>();

/**
 * Stands for what a key and its value hold, wherever they have moved to: edits elsewhere in the document leave it the same
 * object, so what was worked out for it once holds still, shifted. With anchors in play values may change from afar.
 */
export function identityOf(key: YamlNode): object {
  const known = identities.get(key);
  if (known) return known;
  const identity = {};
  identities.set(key, identity);
  return identity;
}

/** Called when a pair is copied to another place in the text. */
export function keepIdentity(moved: YamlNode, before: YamlNode): void {
  identities.set(moved, identityOf(before));
}
