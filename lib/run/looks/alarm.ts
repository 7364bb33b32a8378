import type { AlarmProbe } from '../../experiment/probe.ts';
import type { ProbeOutcome } from '../ports.ts';
import { ofProber, type Sources } from './sources.ts';

/** An alarm's state as a value: 0 is OK, 1 is ALARM. Of one without data, or that cannot be read, nobody knows. */
export async function lookAtAlarm({ guards }: Sources, { alarm }: AlarmProbe): Promise<ProbeOutcome> {
  const [found] = await guards.read([alarm]);
  switch (found?.state) {
    case 'ok':
      return { value: 0 };
    case 'alarm':
      return { value: 1 };
    case 'missing':
    case 'no data':
    case 'unreadable':
      return ofProber(found.detail);
    case undefined:
      return ofProber(`no guard is called '${alarm}'`);
  }
}
