import type { ChartMetric } from '../protocol/metrics';
import { element } from '../shared/dom';
import { ChartCard } from './chartCard';
import type { ChartContext, ChartServices } from './chartContext';

/** One chart in the place of all. */
export class FullView {
  readonly element = element('div', { class: 'full-view', hidden: true });
  private card: ChartCard | undefined;
  private key: string | undefined;

  constructor(private readonly services: ChartServices) {}

  /** The metric that is shown. */
  get metric(): string | undefined {
    return this.key;
  }

  /** Undefined for none. */
  update(metric: ChartMetric | undefined, context: ChartContext): void {
    if (metric?.key !== this.key) this.replace(metric, context);
    else if (metric) this.card?.update(metric, context);
  }

  changed(metrics: ReadonlySet<string>): void {
    if (this.key !== undefined && metrics.has(this.key)) this.card?.reload();
  }

  private replace(metric: ChartMetric | undefined, context: ChartContext): void {
    this.card?.dispose();
    this.card = undefined;
    this.key = metric?.key;
    this.element.hidden = !metric;
    if (!metric) return;
    this.card = new ChartCard(metric, context, this.services, true);
    this.element.append(this.card.element);
    this.card.update(metric, context);
    this.card.focus();
  }
}
