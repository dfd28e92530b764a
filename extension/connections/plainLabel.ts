import { plainText, withoutIcons } from '../ui/text';

const longest = 300;

/** Text from elsewhere, of bearable length and without what would hide or reorder a part of it. */
export function visibleText(text: string): string {
  return plainText(text, longest);
}

/** The same for a label of VS Code, which would draw `$(name)` as an icon. */
export function plainLabel(text: string): string {
  return withoutIcons(visibleText(text));
}
