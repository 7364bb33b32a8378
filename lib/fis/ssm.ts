import * as z from 'zod';
import { fisAction, fisActionWithoutTarget } from './action.ts';
import { jsonMap, text } from './parameter.ts';
import { reads } from './permission.ts';
import { oneMinuteMs, statusOfFis, userGuide } from './source.ts';

const document = {
  version: text({ what: "The document's version.", fallback: 'its default version' }).optional(),
  parameters: jsonMap({ what: "The document's own parameters: texts, or lists of texts." }).optional(),
};
const asDocument = {
  document: { name: 'documentArn', as: 'text', names: 'an SSM document' },
  version: { name: 'documentVersion', as: 'text' },
  parameters: { name: 'documentParameters', as: 'json' },
} as const;
const rehearsal = {
  fidelity: 'not rehearsable',
  why: 'what it does is told by an SSM document, which only SSM carries out',
} as const;

const sendCommand = fisAction({
  id: 'aws:ssm:send-command',
  title: 'Runs an SSM command document on EC2 instances',
  target: { key: 'Instances', resourceType: 'aws:ec2:instance', maximum: 200 },
  parameters: z.strictObject({
    document: text({ what: "The ARN of the document, such as one of Amazon's AWSFIS-Run-*." }),
    ...document,
  }),
  fisParameters: asDocument,
  example: {
    document: 'arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress',
    parameters: { DurationSeconds: '120', LoadPercent: '80' },
  },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    {
      action: 'ssm:SendCommand',
      confinedBy: { declared: 'the document, and instances with the environment tag' },
    },
    reads('ssm:ListCommands'),
    {
      action: 'ssm:CancelCommand',
      confinedBy: { none: 'IAM knows no resource for it; it can only cancel, never start' },
    },
    { ...reads('ec2:DescribeInstances'), when: 'for the network documents that name sources' },
    { ...reads('ec2:DescribeSubnets'), when: 'for the network documents that name sources' },
  ],
  requires: [
    "instances with the SSM agent, which Systems Manager manages; Amazon's documents run on Amazon Linux, Ubuntu, RHEL and CentOS",
  ],
  limits: [
    'two clocks: a document that lasts longer than the stage goes on after it, so give it a duration no longer',
    "Amazon's five network documents cannot run at once on an instance",
  ],
  leavesBehind:
    "depends on the document: FIS cancels the command, and Amazon's own documents roll back by a script of theirs",
  evidence: `the command's invocations, and ${statusOfFis}`,
  price: 'by the minute',
  rehearsal,
  source: userGuide,
});

const startAutomationExecution = fisActionWithoutTarget({
  id: 'aws:ssm:start-automation-execution',
  title: 'Runs an SSM automation runbook',
  parameters: z.strictObject({
    document: text({ what: 'The ARN of the runbook.' }),
    ...document,
  }),
  fisParameters: asDocument,
  example: { document: 'arn:aws:ssm:eu-west-1:111111111111:document/cut-the-cable' },
  durationParameter: 'maxDuration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    { action: 'ssm:GetAutomationExecution', confinedBy: { declared: 'executions of the runbook' } },
    { action: 'ssm:StartAutomationExecution', confinedBy: { declared: 'the runbook' } },
    { action: 'ssm:StopAutomationExecution', confinedBy: { declared: 'executions of the runbook' } },
    {
      action: 'iam:PassRole',
      confinedBy: { declared: 'the role of the runbook' },
      when: 'where the runbook takes on a role',
    },
  ],
  requires: ['a runbook that undoes what it does'],
  leavesBehind: 'depends on the runbook: FIS stops its execution',
  evidence: "the execution's own status",
  price: 'by the minute',
  rehearsal,
  source: userGuide,
});

export const ssmActions = [sendCommand, startAutomationExecution] as const;
