import { event, request } from './channel';
import { isRecordOf, isText } from './guards';

/** What every view says to the extension. */

/**
 * View → extension: the view listens now. It comes anew whenever VS Code loads the view again, such as after it was
 * hidden, and is answered by the whole state that the view shows.
 */
export const ready = event<null>('panel/ready', (value): value is null => value === null);

/** View → extension: put this text on the clipboard, which a webview itself may not reach. */
export const copyText = request<{ readonly text: string }, null>(
  'panel/copyText',
  isRecordOf({ text: isText }),
);
