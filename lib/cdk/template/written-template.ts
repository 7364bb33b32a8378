import { isoDuration } from '../../fis/quantity.ts';
import { writtenParameters } from '../../plan/fis-parameters.ts';
import type { WrittenTemplate } from './cfn-template.ts';
import { logConfigurationOf } from './logs.ts';
import type { ParsedTemplate } from './parse-template.ts';
import type { ParsedAction } from './parsed-action.ts';
import { reportConfigurationOf } from './report.ts';
import type { FisExperimentTemplateProps } from './template-props.ts';

/** A template that was read, in FIS's words. */
export function writtenTemplateOf(
  props: FisExperimentTemplateProps,
  { actions, targets }: ParsedTemplate,
  { roleArn, name }: { readonly roleArn: string; readonly name: string },
): WrittenTemplate {
  const { description, stopConditions, targetAccounts = [], logs, report, tags } = props;
  return {
    description,
    roleArn,
    targets: Object.fromEntries(
      [...targets.values()].map(({ name: target, resourceType, selectionMode, body }) => [
        target,
        { resourceType, selectionMode, ...body },
      ]),
    ),
    actions: Object.fromEntries(
      actions.map((action) => [
        action.name,
        writtenAction(action, targets.get(action.target ?? '')?.launchType),
      ]),
    ),
    stopOn: stopConditions.map(({ alarmArn }) => alarmArn),
    accountTargeting: targetAccounts.length === 0 ? 'single-account' : 'multi-account',
    emptyTargetResolution: props.emptyTargetResolution ?? 'fail',
    ...(logs === undefined ? {} : { logs: logConfigurationOf(logs) }),
    ...(report === undefined ? {} : { report: reportConfigurationOf(report) }),
    tags: { Name: name, ...tags },
  };
}

function writtenAction(
  { action, fault, named, target, durationMs, startAfter, description }: ParsedAction,
  launchType: 'fargate' | 'ec2' = 'fargate',
): WrittenTemplate['actions'][string] {
  const { id, durationParameter } = action;
  return {
    actionId: id,
    ...(description === undefined ? {} : { description }),
    parameters: {
      ...action.launchTypeParameters?.[launchType],
      ...action.assumedParameters,
      ...writtenParameters(fault, { host: asWritten, named: (_, name) => name }),
      ...named,
      ...(durationParameter === undefined ? {} : { [durationParameter]: isoDuration(durationMs) }),
    },
    ...(action.target === undefined || target === undefined
      ? {}
      : { targets: { [action.target.key]: target } }),
    ...(startAfter.length === 0 ? {} : { startAfter }),
  };
}

/** Hosts stand in a template as they are. */
const asWritten = (host: string) => host;
