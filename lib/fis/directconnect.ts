import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { noParameters } from './parameter.ts';
import { findsByTag, lists, tagged } from './permission.ts';
import { userGuide } from './source.ts';

/** FIS takes no shorter duration of it. */
const tenMinutesMs = 600_000;

const virtualInterfaceDisconnect = fisAction({
  id: 'aws:directconnect:virtual-interface-disconnect',
  title: 'Takes the BGP sessions of Direct Connect interfaces down',
  target: { key: 'VirtualInterfaces', resourceType: 'aws:directconnect:virtual-interface', maximum: 5 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  durationParameter: 'duration',
  leastDurationMs: tenMinutesMs,
  permissions: [
    lists('directconnect:DescribeVirtualInterfaces'),
    tagged('directconnect:StartBgpFailoverTest'),
    tagged('directconnect:ListVirtualInterfaceTestHistory'),
    tagged('directconnect:StopBgpFailoverTest'),
    findsByTag,
  ],
  requires: ['interfaces that are available with all BGP peers up, and that carry the environment tag'],
  leavesBehind: 'nothing: the sessions come up again when the action ends or is stopped',
  evidence: byCall('the state of the BGP peers'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'not rehearsable',
    why: 'what it shows is how routes change when the sessions of an interface go down, and a lab has links, but no routes',
  },
  source: userGuide,
});

export const directconnectActions = [virtualInterfaceDisconnect] as const;
