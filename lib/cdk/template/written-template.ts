import { isoDuration } from '../../fis/quantity.ts';
import { writtenParameters } from '../../plan/fis-parameters.ts';
import type { WrittenTemplate } from './cfn-template.ts';
import { logConfigurationOf } from './logs.ts';
import type { ParsedAction, ParsedTarget, ParsedTemplate } from './parsed-template.ts';
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
        {
          actionId: action.action.id,
          ...(action.description === undefined ? {} : { description: action.description }),
          parameters: parametersOf(action, targets.get(action.target ?? '')),
          ...(action.action.target === undefined || action.target === undefined
            ? {}
            : { targets: { [action.action.target.key]: action.target } }),
          ...(action.startAfter.length === 0 ? {} : { startAfter: action.startAfter }),
        },
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

/** An action's parameters as FIS is given them. */
export function parametersOf(
  { action, fault, named, durationMs }: ParsedAction,
  target: ParsedTarget | undefined,
): Record<string, string> {
  const { durationParameter, podParameters = {}, launchTypeParameters, assumedParameters } = action;
  return {
    ...launchTypeParameters?.[target?.launchType ?? 'fargate'],
    ...Object.fromEntries(
      Object.entries(podParameters).flatMap(([name, key]) => {
        const value = target?.inCluster?.[key];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...assumedParameters,
    ...writtenParameters(fault, { host: asWritten, named: (_, name) => name }),
    ...named,
    ...(durationParameter === undefined ? {} : { [durationParameter]: isoDuration(durationMs) }),
  };
}

/** Hosts stand in a template as they are. */
const asWritten = (host: string) => host;
