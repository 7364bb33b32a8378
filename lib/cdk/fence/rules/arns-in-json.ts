import { arnParts, arnsIn } from '../../../fis/arn.ts';
import { leavesOf } from '../../../plan/problems/json-leaves.ts';
import type { Breach, Judged } from '../breach.ts';
import { isAmong } from '../declared.ts';
import { isReadable, shown } from '../holes.ts';

/** What the JSON that a fault hands on names, and nobody declares. What cannot be read may be the name of anything. */
export function arnFindings(json: unknown, { template, fence }: Judged): Omit<Breach, 'location'>[] {
  return leavesOf(json, [])
    .flatMap(({ text }) => (isReadable(text) || text.startsWith('arn:') ? arnsIn(text) : [text]))
    .filter((arn) => !isAmong(fence.declared, arn, template))
    .filter((arn) => !(fence.isolated && arnParts(arn)?.account === template.place.account))
    .map((arn) => ({
      message: `hands on ${shown(arn)}, which is not declared`,
      fix: "add it to the fence's 'declared', if the fault may touch it",
    }));
}
