import type { Experiment, ModelVersion, RegisteredModel, Run } from '../tracking/model';
import type { LifecycleView } from '../tracking/store';
import type { Listing } from './pagedList';

/**
 * How a thing will look once a change is done, shown before the store has answered. A model or version for which `change` gives
 * undefined will be gone; experiments and runs that are deleted are so by their lifecycle. What a thing is known by stays.
 */
export type Preview =
  | { readonly kind: 'experiment'; readonly id: string; readonly change: (it: Experiment) => Experiment }
  | { readonly kind: 'run'; readonly id: string; readonly change: (it: Run) => Run }
  | {
      readonly kind: 'model';
      readonly name: string;
      readonly change: (it: RegisteredModel) => RegisteredModel | undefined;
    }
  | {
      readonly kind: 'version';
      readonly name: string;
      /** All versions of the model where none is said. */
      readonly version?: string | undefined;
      readonly change: (it: ModelVersion) => ModelVersion | undefined;
    };

/** The previews that are laid over what a store answered, in the order in which they came. */
export class Previews {
  private readonly laid = new Set<Preview>();
  /** Listings as they look, until a preview comes or goes. */
  private looks = new WeakMap<object, unknown>();

  /** Answers those that were not there. */
  lay(previews: readonly Preview[]): readonly Preview[] {
    const added = previews.filter((one) => !this.laid.has(one));
    for (const one of added) this.laid.add(one);
    this.looks = new WeakMap();
    return added;
  }

  /** Answers those that were there. */
  lift(previews: readonly Preview[]): readonly Preview[] {
    const lifted = previews.filter((one) => this.laid.delete(one));
    this.looks = new WeakMap();
    return lifted;
  }

  experiment(it: Experiment): Experiment {
    let look = it;
    for (const one of this.laid) if (one.kind === 'experiment' && one.id === it.id) look = one.change(look);
    return look;
  }

  run(it: Run): Run {
    let look = it;
    for (const one of this.laid) if (one.kind === 'run' && one.id === it.id) look = one.change(look);
    return look;
  }

  model(it: RegisteredModel): RegisteredModel | undefined {
    let look: RegisteredModel | undefined = it;
    for (const one of this.laid)
      if (look && one.kind === 'model' && one.name === it.name) look = one.change(look);
    if (!look || this.laid.size === 0) return look;
    const latestVersions = look.latestVersions.flatMap((version) => this.version(version) ?? []);
    return { ...look, latestVersions };
  }

  version(it: ModelVersion): ModelVersion | undefined {
    let look: ModelVersion | undefined = it;
    for (const one of this.laid) {
      if (!look || one.kind !== 'version' || one.name !== it.name) continue;
      if (one.version === undefined || one.version === it.version) look = one.change(look);
    }
    return look;
  }

  experiments(listing: Listing<Experiment>, view: LifecycleView): Listing<Experiment> {
    return this.lookOf<Experiment, Listing<Experiment>>(listing, (it) => inView(this.experiment(it), view));
  }

  runs<List extends { readonly items: readonly Run[] }>(listing: List, view: LifecycleView): List {
    return this.lookOf<Run, List>(listing, (it) => inView(this.run(it), view));
  }

  models(listing: Listing<RegisteredModel>): Listing<RegisteredModel> {
    return this.lookOf<RegisteredModel, Listing<RegisteredModel>>(listing, (it) => this.model(it));
  }

  /** The same look for the same listing. */
  private lookOf<T, List extends { readonly items: readonly T[] }>(
    listing: List,
    look: (item: T) => T | undefined,
  ): List {
    if (this.laid.size === 0) return listing;
    const known = this.looks.get(listing);
    if (known !== undefined) return known as List;
    const items = listing.items.flatMap((item) => look(item) ?? []);
    const made = { ...listing, items };
    this.looks.set(listing, made);
    return made;
  }
}

function inView<T extends Experiment | Run>(it: T, view: LifecycleView): T | undefined {
  return view === 'all' || it.lifecycle === view ? it : undefined;
}
