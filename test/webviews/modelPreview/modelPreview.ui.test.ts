import { deepEqual, equal, match } from 'node:assert/strict';
import {
  emptyModel,
  fileSubject,
  ordinaryModel,
  ordinaryVersion,
  versionSubject,
  wideModel,
} from '../support/modelPreviews';
import { ModelView } from '../support/modelView';
import { ViewBench } from '../support/viewPage';

describe('The model preview in a browser', () => {
  let bench: ViewBench;
  let view: ModelView;

  before(async () => {
    bench = await ViewBench.start('modelPreview');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  const openVersion = () =>
    ModelView.openWith(bench, { kind: 'ready', subject: versionSubject, model: ordinaryVersion });

  it('shows all there is of a model', async () => {
    view = await ModelView.open(bench, ordinaryModel);
    equal(await view.page.locator('h1').innerText(), 'churn');
    deepEqual(await view.texts('.identity .chip'), ['Python function', 'scikit-learn']);
    deepEqual(await view.texts('h2:visible'), [
      ...['Inputs 3', 'Outputs 1', 'Parameters 2', 'Flavors 2', 'Dependencies 4', 'Input Example'],
      ...['Run Metrics 2', 'Resources 1', 'Metadata 2', 'Other Keys 1', 'Files 5'],
    ]);
    match((await view.texts('.runs-code')).join(), /it is a pickle/);
    deepEqual(await view.texts('.table-params .row:nth-child(2) .cell'), [
      ...['labels', 'array of string', '["stays", "leaves"]'],
    ]);
    deepEqual(view.misdeeds, { requests: [], dialogs: 0, navigations: 0, complaints: [] });
  });

  it('says what the registry knows of a version', async () => {
    view = await openVersion();
    await view.page.waitForSelector('h1');
    deepEqual(await view.texts('.identity > *'), [
      ...['Version 3', 'Ready', '@champion', '@eu', 'Production', 'Python function', 'scikit-learn'],
    ]);
    match((await view.texts('.note')).join(), /Trained on the orders/);
    await view.page.click('text=Open in Web UI');
    await view.page.click('.facts .link:text-is("sweep-depth")');
    await view.page.waitForFunction('true');
    deepEqual(view.asked, ['browser', 'run']);
  });

  it('says what a model has nothing of', async () => {
    view = await ModelView.open(bench, emptyModel);
    deepEqual(await view.texts('.empty:visible'), [
      'The model does not say what it takes.',
      'The model does not say what it gives.',
      'The model has no flavors: nothing can load it.',
      'Nothing says what the model needs.',
      'The model was saved without an input example.',
    ]);
    equal(await view.page.locator('text=Copy Loading Code').count(), 0);
  });

  it('folds the properties of objects, by pointer and by arrows', async () => {
    view = await ModelView.open(bench, ordinaryModel);
    const names = () => view.texts('.table-inputs [role=rowheader]');
    deepEqual(await names(), ['age', 'plan', 'customer', 'id', 'orders', 'amount', 'currency']);
    await view.page.click('.table-inputs [role=rowheader]:has-text("orders")');
    deepEqual(await names(), ['age', 'plan', 'customer', 'id', 'orders']);
    await view.page.locator('.table-inputs .row').first().focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft']) await view.page.keyboard.press(key);
    deepEqual(await names(), ['age', 'plan', 'customer']);
    match(await view.focused(), /^customer/);
    await view.page.keyboard.press('Enter');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight']) await view.page.keyboard.press(key);
    deepEqual((await names()).length, 7);
    await view.page.keyboard.press('ArrowLeft');
    await view.page.keyboard.press('ArrowLeft');
    match(await view.focused(), /^customer/);
    equal(await view.page.locator('.row[aria-expanded]').nth(0).getAttribute('aria-level'), '1');
  });

  it('filters everything by one box, properties too, and shows what they belong to', async () => {
    view = await ModelView.open(bench, ordinaryModel);
    await view.page.keyboard.press('/');
    await view.page.keyboard.type('amount');
    await view.told('1 found');
    deepEqual(await view.texts('.table-inputs [role=rowheader]'), ['customer', 'orders', 'amount']);
    await view.page.keyboard.press('Escape');
    await view.told('Filter cleared');
    const saved = { query: '', folded: ['otherKeys'], subject: fileSubject, scrollTop: 0 };
    deepEqual(await view.savedState(), saved);
  });

  it('finds one of 3,000 columns', async () => {
    view = await ModelView.open(bench, wideModel(3000));
    await view.page.keyboard.press('Control+f');
    await view.page.keyboard.type('feature_2987');
    await view.told('1 found');
    deepEqual(await view.texts('.table-inputs [role=rowheader]'), ['feature_2987']);
  });

  it('copies loading code, ids and the example, and leads to the files', async () => {
    view = await ModelView.open(bench, ordinaryModel);
    await view.page.click('text=Copy Loading Code');
    await view.page.click('[aria-label="Copy code that loads the model as scikit-learn"]');
    await view.page.click('[aria-label="Copy Model ID"]');
    await view.page.click('text=Copy Example');
    await view.told('Copied');
    await view.page.click('.files .link:text-is("conda.yaml")');
    await view.page.click('.facts .link:text-is("churn-classifier 3")');
    await view.page.waitForFunction('true');
    deepEqual(view.copied, [
      ordinaryModel.code,
      ordinaryModel.flavors[1]?.code,
      'm-7192fb6e5f134cf6bc5417b2b590527e',
    ]);
    deepEqual(view.asked, ['example', 'file conda.yaml 0', 'version churn-classifier 3']);
  });

  it('says where the MLmodel is broken, and leads there', async () => {
    const problems = [{ text: 'The YAML cannot be read: a bracket is open.', line: 12 }];
    view = await ModelView.open(bench, { ...ordinaryModel, problems });
    await view.page.click('text=Go to line 12');
    await view.page.waitForFunction('true');
    deepEqual(view.asked, ['file MLmodel 12']);
  });

  it('keeps focus, filter and folds over an update', async () => {
    view = await ModelView.open(bench, ordinaryModel);
    await view.page.click('h2:has-text("Outputs")');
    await view.page.click('.table-inputs [role=rowheader]:has-text("customer")');
    await view.page.locator('.files .link').first().focus();
    const code = { name: 'code', role: 'code', state: 'there', isFolder: true, opens: true } as const;
    const files = [...ordinaryModel.files, code];
    view.showModel({ ...ordinaryModel, files });
    await view.page.waitForSelector('.files .link:text-is("code")');
    equal(await view.focused(), 'MLmodel');
    deepEqual(await view.texts('.table-inputs [role=rowheader]'), ['age', 'plan', 'customer']);
    equal(await view.page.locator('.table-outputs').isVisible(), false);
  });

  it('shows bones while it waits, and why there is nothing to see, and tries again', async () => {
    view = await ModelView.openWith(bench, { kind: 'loading', subject: fileSubject });
    await view.page.waitForSelector('.skeleton');
    view.show({ kind: 'failed', subject: fileSubject, cause: 'There is no MLmodel.' });
    await view.page.click('text=Retry');
    await view.page.waitForFunction('true');
    deepEqual(view.asked, ['refresh']);
  });

  it('is reached by the keyboard alone, in reading order', async () => {
    view = await ModelView.open(bench, ordinaryModel);
    const stops: string[] = [];
    for (let step = 0; step < 80 && stops.at(-1) !== 'model.pkl'; step++) {
      await view.page.keyboard.press('Tab');
      stops.push(await view.focused());
    }
    const [first, last] = [stops[0], stops.at(-1)];
    deepEqual([first, last], ['Copy Loading Code', 'model.pkl']);
    for (const stop of ['sweep-depth', 'Copy Model ID', 'Copy Example', 'Python', 'conda.yaml'])
      equal(stops.includes(stop), true, stop);
  });
});
