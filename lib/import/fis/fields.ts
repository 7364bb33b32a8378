import type { Ledger } from '../ledger.ts';
import { isMap, memberOf, membersOf, textOf } from './node.ts';
import { fieldOf, pathOf, type Template } from './template.ts';
import type { Work } from './work.ts';

/** What of a template is not taken over, and why; or what stands for it. */
const plain: readonly (readonly [name: string, why: string, to?: string])[] = [
  ['clientToken', 'Steadfast makes a token of its own for each start, so that none starts twice'],
  ['roleArn', 'Steadfast makes a role of its own for each experiment, with no more than its faults need'],
  ['id', 'FIS gives ids to the templates that a plan makes'],
  ['arn', 'FIS gives ARNs to the templates that a plan makes'],
  ['creationTime', 'it tells of the old template'],
  ['lastUpdateTime', 'it tells of the old template'],
  ['logConfiguration', 'every run keeps a journal, with the samples of its probes', 'the journal of a run'],
  ['experimentReportConfiguration', 'every run has a report of its own', 'the report of a run'],
];

/** Accounts for the fields of a template that make no fault, stage or guard of their own. */
export function readFields(work: Work): void {
  const { template, ledger } = work;
  for (const [name, why, to] of plain) {
    const path = pathOf(template.node, name, template);
    if (to === undefined) ledger.refused(path, why);
    else ledger.approximated(path, to, why);
  }
  readTemplateTags(work);
  readOptions(work);
  readAccounts(work);
}

function readTemplateTags({ template, ledger, id }: Work): void {
  const path = pathOf(template.node, 'tags', template);
  ledger.refused(path, 'the plan tags the templates that it makes, so that Steadfast knows its own');
  const name = memberOf(fieldOf(template.node, 'tags', template), 'Name');
  if (textOf(name) !== undefined) ledger.mapped([...path, 'Name'], `${id}: id`);
}

/** Empty targets, and previews. */
function readOptions(work: Work): void {
  const { template, ledger } = work;
  const options = fieldOf(template.node, 'experimentOptions', template);
  if (options === undefined) return;
  if (!isMap(options)) {
    work.unreadable(options, 'map of options');
    return;
  }
  if (membersOf(options).length === 0) ledger.mapped(options.path, work.id);
  const empty = fieldOf(options, 'emptyTargetResolutionMode', template);
  if (textOf(empty) === 'fail')
    ledger.mapped(
      pathOf(options, 'emptyTargetResolutionMode', template),
      'admission: a run that could hit nothing is rejected',
    );
  else
    ledger.approximated(
      pathOf(options, 'emptyTargetResolutionMode', template),
      'admission',
      'a run that could hit nothing is rejected, where FIS would have passed over it',
    );
  ledger.approximated(
    pathOf(options, 'actionsMode', template),
    'admission',
    'every run is previewed first, and then carried out: steadfast plan shows it without one',
  );
}

/** One template in several accounts: an experiment stays in the account of its environment. */
function readAccounts(work: Work): void {
  const { template, ledger } = work;
  const options = fieldOf(template.node, 'experimentOptions', template);
  const targeting = fieldOf(options, 'accountTargeting', template);
  const countPath = pathOf(template.node, 'targetAccountConfigurationsCount', template);
  const count = textOf(fieldOf(template.node, 'targetAccountConfigurationsCount', template)) ?? '0';
  ledger.mapped(countPath, 'the environment: account');
  const isOne = targeting === undefined || textOf(targeting) === 'single-account';
  if (isOne && targeting !== undefined) ledger.mapped(targeting.path, 'the environment: account');
  if (isOne && count === '0') return;
  const path = isOne ? countPath : (targeting?.path ?? countPath);
  ledger.refused(path, 'an experiment stays in the account of its environment');
  work.refuse(path, {
    code: 'multi-account',
    message: 'reaches other accounts, whose resources no environment of this one could confine it to',
    hint: 'import it with single-account, once for the environment of each account',
  });
}

/** Accounts for the wrapper that FIS's answers have. */
export function accountForWrapper(template: Template, ledger: Ledger): void {
  if (template.node.path[0] === 'experimentTemplate')
    ledger.refused(['ResponseMetadata'], 'it tells of a call of the API');
}
