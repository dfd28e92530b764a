/** By code point, where JavaScript's own `<` puts what is beyond U+FFFF before U+E000. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return asCodePoint(left) - asCodePoint(right);
  }
  return a.length - b.length;
}

/** Moves surrogates, of which the larger code points are made, behind all other units. */
function asCodePoint(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
