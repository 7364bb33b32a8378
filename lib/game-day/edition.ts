import { sha256 } from '../plan/hash.ts';

/** `20261201-180000` of a time, in UTC. */
const stamp = (ms: number): string =>
  new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');

/** What names an edition of a game day: `payment-outage-20261201-180000-4fzk`. */
const editionPattern = /^[a-z0-9-]+-\d{8}-\d{6}-[a-z0-9]{4}$/;

/** Whether a text could name an edition: what people and browsers send is asked of nothing else. */
export const isEdition = (text: string): boolean => text.length <= 200 && editionPattern.test(text);

/** An edition of its own; `salt` tells two that begin in the same second apart. */
export const editionId = (gameDay: string, beganAtMs: number, salt: string): string =>
  `${gameDay}-${stamp(beganAtMs)}-${sha256(salt).slice(0, 4)}`;

/** The edition that an execution of the machine holds: what it is named after, where it is named so; started in the console it has any name. */
export function editionOfExecution(gameDay: string, name: string, startedAt: string): string {
  return name.startsWith(`${gameDay}-`) && editionPattern.test(name)
    ? name
    : editionId(gameDay, Date.parse(startedAt), name);
}

/** The run that an attempt at a stage is; its launcher refuses a second one of the same name. */
export const runIdOfStage = (edition: string, stage: number, attempt: number): string =>
  `${edition}-${stage}-${attempt}`;
