import * as vscode from 'vscode';
import { commandLink } from '../manifest';
import type { Disposable } from '../catalog/emitter';
import type { Report } from './report';
import { plainText, withoutIcons } from './text';

/** How long the status bar offers to take a change back, in ms; the command does so later too. */
const offeredMs = 30_000;

const confirmedMs = 5000;

/** Tells in the status bar, or where it must be seen in a message, that a change can be taken back. */
export class UndoOffer implements Disposable {
  private readonly item = vscode.window.createStatusBarItem('mlflow.undo', vscode.StatusBarAlignment.Left);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly report: Report) {
    this.item.name = 'MLflow: Undo';
    this.item.command = commandLink('Undo', 'mlflow.edit.undo').command;
  }

  offer(label: string, isLoud: boolean, undo: () => Promise<void>): void {
    const text = `Undo ${plainText(label, 60)}`;
    this.item.text = `$(discard) ${withoutIcons(text)}`;
    this.item.tooltip = `${plainText(label)}: done. Select to take it back (“MLflow: Undo Last Change”).`;
    this.item.accessibilityInformation = { label: text, role: 'button' };
    this.item.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.item.hide(), offeredMs);
    if (isLoud) void this.ask(label, undo);
  }

  confirm(label: string): void {
    vscode.window.setStatusBarMessage(withoutIcons(`Undone: ${plainText(label, 80)}`), confirmedMs);
  }

  withdraw(): void {
    this.item.hide();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
  }

  private async ask(label: string, undo: () => Promise<void>): Promise<void> {
    const choice = await this.report.offer('info', `Done: ${plainText(label)}.`, 'Undo');
    if (choice === 'Undo') await undo().catch(this.report.error);
  }
}
