import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { noParameters } from './parameter.ts';
import { findsByTag, forDeclaredTargets, tagged } from './permission.ts';
import { userGuide } from './source.ts';

const globalTablePauseReplication = fisAction({
  id: 'aws:dynamodb:global-table-pause-replication',
  title: 'Pauses the replication of DynamoDB global tables to and from this Region',
  target: { key: 'Tables', resourceType: 'aws:dynamodb:global-table', maximum: 60 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  durationParameter: 'duration',
  permissions: [
    tagged('dynamodb:PutResourcePolicy'),
    tagged('dynamodb:DeleteResourcePolicy'),
    tagged('dynamodb:GetResourcePolicy'),
    tagged('dynamodb:DescribeTable'),
    {
      ...forDeclaredTargets('dynamodb:InjectError', 'dynamodb:FisTargetArns', 'dynamodb:table/*'),
      when: 'for tables with multi-Region strong consistency',
    },
    findsByTag,
  ],
  requires: [
    'global tables whose replica here, and its stream, carry the environment tag; strongly consistent ones that the environment declares',
  ],
  limits: [
    'replication may go on for five minutes after the start',
    'strongly consistent tables: at most 5,040 minutes of it in seven days',
  ],
  leavesBehind:
    'nothing: the statements that FIS adds to the policies of table and stream expire, and FIS takes them away',
  evidence: byCall('the replication latency of the table'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab what a service and its counterpart of another Region send each other over their link is held back, at once, and goes on when it ends; AWS may take five minutes to begin',
  },
  source: userGuide,
});

export const dynamodbActions = [globalTablePauseReplication] as const;
