import { plainText } from './text';

/** A stranger's text as a part of a file, where it stays text. */

const number = /^[+-]?(\d+\.?\d*|\.\d+|Infinity)([eE][+-]?\d+)?$/;

/**
 * A text as a cell of CSV, as RFC 4180 has it. Spreadsheets take a text that begins like a formula for one and run it: an
 * apostrophe before it keeps them from that. Numbers stay numbers.
 */
export function escapeCsv(text: string): string {
  const isFormula = /^\s*[=+\-@\t\r]/.test(text) && !number.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** As long as a cell of a table makes sense. */
const longestCell = 10_000;

/** A text as a cell of Markdown: on one line, and nothing in it is markup: no link, no picture, no HTML, no end of the cell. */
export function escapeMarkdown(text: string): string {
  return plainText(text, longestCell)
    .replace(/[\\`*_[\]<>|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/@/g, '&#64;');
}
