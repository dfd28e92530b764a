import { explainUnsafePath } from '../tracking/artifactPath';

/** What file systems take for one name, in bytes. */
const longestName = 255;

/**
 * Why no file or folder of this machine may get the path of an artifact, below a folder that the user chose: one sentence;
 * undefined where it may. The path is as the store says it; what passes can be joined to that folder part by part.
 */
export function explainUnsafeTarget(
  path: string,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const unsafe = explainUnsafePath(path);
  if (unsafe !== undefined) return unsafe;
  const reasons = path.split('/').map((name) => explainUnsafeName(name, platform));
  return reasons.find((reason) => reason !== undefined);
}

function explainUnsafeName(name: string, platform: NodeJS.Platform): string | undefined {
  if (name === '' || name === '.') return 'The path has a part without a name.';
  const size = Buffer.byteLength(name);
  if (size > longestName) return `The path has a name of ${size} bytes; a file’s has at most ${longestName}.`;
  return platform === 'win32' ? explainForWindows(name) : undefined;
}

function explainForWindows(name: string): string | undefined {
  if (/[<>:"|?*\p{Cc}]/u.test(name)) return 'The path holds a character that no name has on Windows.';
  if (/[. ]$/.test(name))
    return 'The path has a name that ends in a dot or a space, which Windows takes away.';
  return isDevice(name) ? 'The path has a name that means a device on Windows.' : undefined;
}

/** Whether Windows takes the name for a device, with any extension. */
function isDevice(name: string): boolean {
  return /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i.test(name);
}

/** A name to propose for a file, made of a stranger's: one that any machine takes. */
export function toFileName(text: string): string {
  const name = Array.from(text.replace(/[<>:"/\\|?*\p{C}]/gu, '_'))
    .slice(-60)
    .join('')
    .replace(/^\.+|[. ]+$/g, '');
  return name === '' || isDevice(name) ? `_${name}` : name;
}
