import type { ArtifactRow } from '../protocol/runSummary';
import { copyButton, type Copy } from '../shared/copyButton';
import { button, element, replaceChildren } from '../shared/dom';
import { icon } from '../shared/icons';
import { moveIn } from '../shared/sections/gridKeys';
import { clampText, formatCount, formatSize, visibleText } from '../shared/text';

export interface ArtifactSources {
  load(path: string): Promise<readonly ArtifactRow[]>;
  readonly copy: Copy;
}

/** Files shown of a folder at once: more come on request. */
const filesAtOnce = 500;

/** A run's artifacts: folders that are read when they are first opened. */
export class ArtifactTree {
  readonly element = element('div', { class: 'artifacts' });
  private tree = this.newTree();
  private openPaths = new Set<string>();
  /** Counts the runs shown, so that a late answer for the one before is dropped. */
  private turn = 0;
  private isLoaded = false;

  constructor(private readonly sources: ArtifactSources) {
    this.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    this.element.addEventListener('focusin', ({ target }) => {
      this.activate(itemOf(target));
    });
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.loadRoot();
    }).observe(this.element);
  }

  /** Forgets all: another run is shown, whose artifacts are read when they come into sight. */
  reset(): void {
    this.openPaths.clear();
    this.element.replaceChildren(element('ul', { class: 'tree' }, waiting()));
    this.renew();
  }

  /** Reads again what is there, with the same folders open. */
  renew(): void {
    this.turn++;
    this.isLoaded = false;
    if (isInSight(this.element)) this.loadRoot();
  }

  private loadRoot(): void {
    if (this.isLoaded) return;
    this.isLoaded = true;
    const { turn } = this;
    const tree = this.newTree();
    void this.fill('', tree, 1).then(() => {
      if (turn !== this.turn) return;
      this.tree = tree;
      replaceChildren(this.element, tree);
      this.ensureTabStop();
    });
  }

  private newTree(): HTMLElement {
    return element('ul', { class: 'tree', role: 'tree', aria: { label: 'Artifacts' } });
  }

  /** Puts a folder's content into its list, or why it could not be read. */
  private async fill(path: string, list: HTMLElement, level: number): Promise<void> {
    const { turn } = this;
    try {
      const rows = await this.sources.load(path);
      if (turn !== this.turn) return;
      list.replaceChildren();
      if (rows.length === 0)
        list.append(note(path === '' ? 'No artifacts were logged.' : 'This folder is empty.'));
      this.addItems(rows, list, level);
    } catch (error) {
      if (turn !== this.turn) return;
      const retry = button({ class: 'link', onClick: () => void this.fill(path, list, level) }, 'Retry');
      const cause = error instanceof Error ? error.message : String(error);
      list.replaceChildren(note(`Artifacts could not be read: ${visibleText(cause.slice(0, 1000))} `, retry));
    }
  }

  private addItems(rows: readonly ArtifactRow[], list: HTMLElement, level: number): void {
    list.append(...rows.slice(0, filesAtOnce).map((row) => this.item(row, level)));
    this.ensureTabStop();
    const rest = rows.slice(filesAtOnce);
    if (rest.length === 0) return;
    const more = note(
      '',
      button(
        {
          class: 'link',
          onClick: () => {
            more.remove();
            this.addItems(rest, list, level);
          },
        },
        `Show ${formatCount(rest.length, 'more file')}`,
      ),
    );
    list.append(more);
  }

  private item(row: ArtifactRow, level: number): HTMLElement {
    const name = row.path.slice(row.path.lastIndexOf('/') + 1);
    const size =
      row.size === undefined ? undefined : element('span', { class: 'size' }, formatSize(row.size));
    const line = element(
      'div',
      { class: 'tree-row' },
      row.isDirectory ? icon('chevron') : element('span', { class: 'icon' }),
      icon(row.isDirectory ? 'folder' : 'file'),
      element(
        'span',
        { class: 'tree-name stranger', title: visibleText(row.path.slice(0, 2000)) },
        visibleText(clampText(name).text),
      ),
      size,
      copyButton(
        this.sources.copy,
        `Copy path of ${visibleText(clampText(name, 80, 1).text)}`,
        () => row.path,
        { tabIndex: -1 },
      ),
    );
    line.style.setProperty('--level', String(level));
    const item = element(
      'li',
      {
        role: 'treeitem',
        tabIndex: -1,
        aria: { level: String(level) },
        data: { path: row.path, focus: `artifact ${row.path}` },
      },
      line,
    );
    if (row.isDirectory) this.makeFolder(item, line, row.path, level);
    return item;
  }

  private makeFolder(item: HTMLElement, line: HTMLElement, path: string, level: number): void {
    item.setAttribute('aria-expanded', 'false');
    line.addEventListener('click', () => {
      this.setOpen(item, item.getAttribute('aria-expanded') !== 'true');
    });
    item.dataset['level'] = String(level);
    if (this.openPaths.has(path)) this.setOpen(item, true);
  }

  private setOpen(item: HTMLElement, isOpen: boolean): void {
    const { path = '', level } = item.dataset;
    item.setAttribute('aria-expanded', String(isOpen));
    item.querySelector(':scope > ul')?.remove();
    if (!isOpen) {
      this.openPaths.delete(path);
      this.ensureTabStop();
      return;
    }
    this.openPaths.add(path);
    const list = element('ul', { role: 'group' }, waiting());
    item.append(list);
    void this.fill(path, list, Number(level) + 1);
  }

  private onKey(event: KeyboardEvent): void {
    const item =
      event.target instanceof HTMLElement && event.target.role === 'treeitem' ? event.target : undefined;
    if (!item) return;
    const target = this.afterKey(item, event);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  }

  /** Does what the key means, and tells where the focus goes; undefined for a key that means nothing here. */
  private afterKey(item: HTMLElement, event: KeyboardEvent): HTMLElement | undefined {
    const expanded = item.getAttribute('aria-expanded');
    switch (event.key) {
      case 'ArrowRight':
        if (expanded === 'true') return item.querySelector<HTMLElement>('[role="treeitem"]') ?? item;
        if (expanded === 'false') this.setOpen(item, true);
        return item;
      case 'ArrowLeft':
        if (expanded === 'true') this.setOpen(item, false);
        else return item.parentElement?.closest<HTMLElement>('[role="treeitem"]') ?? item;
        return item;
      case 'Enter':
      case ' ':
        if (expanded !== null) this.setOpen(item, expanded !== 'true');
        return item;
      default: {
        const items = [...this.tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];
        const next = moveIn(items.length, items.indexOf(item), event);
        return next === undefined ? undefined : items[next];
      }
    }
  }

  /** The tree is one tab stop: its first item until another one had the focus. */
  private ensureTabStop(): void {
    if (this.tree.querySelector('[role="treeitem"][tabindex="0"]')) return;
    const first = this.tree.querySelector<HTMLElement>('[role="treeitem"]');
    if (first) first.tabIndex = 0;
  }

  private activate(item: HTMLElement | undefined): void {
    if (!item) return;
    for (const other of this.tree.querySelectorAll<HTMLElement>('[tabindex="0"]')) other.tabIndex = -1;
    item.tabIndex = 0;
    for (const inner of item.querySelectorAll<HTMLElement>(':scope > .tree-row button')) inner.tabIndex = 0;
  }
}

function itemOf(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element
    ? (target.closest<HTMLElement>('[role="treeitem"]') ?? undefined)
    : undefined;
}

function note(text: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element('li', { class: 'empty', role: 'none' }, text, ...children);
}

/** Comes into sight only when the wait is long enough to be noticed. */
function waiting(): HTMLElement {
  const made = note('Loading…');
  made.classList.add('waiting');
  return made;
}

function isInSight(target: HTMLElement): boolean {
  const { top, bottom, height } = target.getBoundingClientRect();
  return target.checkVisibility() && bottom >= 0 && top <= window.innerHeight && height >= 0;
}
