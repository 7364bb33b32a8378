import * as z from 'zod';
import { fisAction, fisActionWithoutTarget } from './action.ts';
import { byAgent, byRunbook } from './evidence.ts';
import { jsonMap, nameOf, text } from './parameter.ts';
import { onDeclared, reads } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const document = {
  version: text({ what: "The document's version.", fallback: 'its default version' }).optional(),
  parameters: jsonMap({ what: "The document's own parameters: texts, or lists of texts." }).optional(),
};
const asDocument = {
  document: { name: 'documentArn', as: 'text', names: 'document' },
  version: { name: 'documentVersion', as: 'text' },
  parameters: { name: 'documentParameters', as: 'json' },
} as const;
const rehearsal = {
  fidelity: 'approximate',
  differs:
    'in a lab the command that plays the document does what it does, with its parameters in the environment; it is ended when its time is up or the experiment is stopped, where SSM lets a document go on that outlasts the action',
} as const;

const executions = 'ssm:automation-execution/*';
const knownByIdOnly = 'IAM knows an execution by its id, which nobody has before it is started';

const sendCommand = fisAction({
  id: 'aws:ssm:send-command',
  title: 'Runs an SSM command document on EC2 instances',
  target: { key: 'Instances', resourceType: 'aws:ec2:instance', maximum: 200 },
  parameters: z.strictObject({
    document: nameOf({ what: "The document, by logical name; such as one of Amazon's AWSFIS-Run-*." }),
    ...document,
  }),
  fisParameters: asDocument,
  example: {
    document: 'cpuStress',
    parameters: { DurationSeconds: '120', LoadPercent: '80' },
  },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    { action: 'ssm:SendCommand', on: 'ec2:instance/*', confinedBy: 'instanceTag' },
    onDeclared('ssm:SendCommand', 'ssm:document/*', 'the document'),
    reads('ssm:ListCommands'),
    {
      action: 'ssm:CancelCommand',
      confinedBy: { none: 'IAM knows no resource for it; it can only cancel, never start' },
    },
    { ...reads('ec2:DescribeInstances'), when: 'for the network documents that name sources' },
    { ...reads('ec2:DescribeSubnets'), when: 'for the network documents that name sources' },
  ],
  requires: [
    'a document that the environment declares',
    "instances that carry the environment tag, with the SSM agent, which Systems Manager manages; Amazon's documents run on Amazon Linux, Ubuntu, RHEL and CentOS",
  ],
  limits: [
    'two clocks: a document that lasts longer than the stage goes on after it, so give it a duration no longer',
    "Amazon's five network documents cannot run at once on an instance",
  ],
  leavesBehind:
    "depends on the document: FIS cancels the command, and Amazon's own documents roll back by a script of theirs",
  evidence: byAgent("the command's invocations"),
  price: 'by the minute',
  rehearsal,
  source: userGuide,
});

const startAutomationExecution = fisActionWithoutTarget({
  id: 'aws:ssm:start-automation-execution',
  title: 'Runs an SSM automation runbook',
  parameters: z.strictObject({
    document: nameOf({ what: 'The runbook, by logical name.' }),
    ...document,
  }),
  fisParameters: asDocument,
  example: { document: 'cutTheCable' },
  durationParameter: 'maxDuration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    {
      action: 'ssm:GetAutomationExecution',
      on: executions,
      confinedBy: { none: `a read-only call; ${knownByIdOnly}` },
    },
    onDeclared('ssm:StartAutomationExecution', 'ssm:document/*', 'the runbook'),
    onDeclared('ssm:StartAutomationExecution', 'ssm:automation-definition/*', 'the runbook'),
    {
      action: 'ssm:StartAutomationExecution',
      on: executions,
      confinedBy: { none: 'it is asked on the runbook too, which the environment must declare' },
    },
    {
      action: 'ssm:StopAutomationExecution',
      on: executions,
      confinedBy: { none: `${knownByIdOnly}; it can only stop, never start` },
    },
    {
      action: 'iam:PassRole',
      on: 'iam:role/*',
      confinedBy: { declared: 'the role of the runbook', passedTo: 'ssm.amazonaws.com' },
      when: 'where the runbook takes on a role',
    },
  ],
  requires: [
    'a runbook that the environment declares, with the role it takes on, and that undoes what it does',
  ],
  leavesBehind: 'depends on the runbook: FIS stops its execution',
  evidence: byRunbook("the execution's own status"),
  price: 'by the minute',
  rehearsal,
  source: userGuide,
});

export const ssmActions = [sendCommand, startAutomationExecution] as const;
