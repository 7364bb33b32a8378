import * as z from 'zod';
import { show } from '../fis/quantity.ts';
import { longestId } from './names.ts';

/** The policy of an event bus has at most 10,240 bytes (EventBridge quotas); each partner takes up to 700 of them. */
export const mostPartners = 12;

const idText = '[a-z][a-z0-9-]*';
const idOnly = new RegExp(`^${idText}$`);
const busArn = new RegExp(
  `^arn:[a-z-]+:events:([a-z0-9-]+):(\\d{12}):event-bus/steadfast-(${idText})-campaigns$`,
);

/** An environment whose campaigns stop together with those of another: its id, or the ARN of its bus. */
export const campaignPartner = () =>
  z
    .string()
    .refine(
      (text) => (text.length <= longestId ? idOnly.test(text) || busArn.test(text) : busArn.test(text)),
      {
        error: (issue) =>
          `${show(issue.input)} is neither the id of an environment nor the ARN of its bus for campaigns: arn:aws:events:<region>:<account>:event-bus/steadfast-<id>-campaigns`,
      },
    );

/** Where the environment is that a bus belongs to; undefined where this is no ARN of one. */
export function placeOfBus(
  text: string,
): { readonly id: string; readonly account: string; readonly region: string } | undefined {
  const [, region, account, id] = busArn.exec(text) ?? [];
  return region === undefined || account === undefined || id === undefined
    ? undefined
    : { id, account, region };
}
