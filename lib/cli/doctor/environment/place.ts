import { type Fetch, timeOfAws } from '../../../aws/command/aws-time.ts';
import { credentialsExpireMs } from '../../../aws/command/expiry.ts';
import { fine, type Look, unfit } from '../look.ts';
import type { EnvironmentSight } from './sight.ts';

/** Less than this is not enough to look at a run to its end. */
const soonMs = 15 * 60_000;

/** Whose the credentials are, and how long they last. That they are of the right account was seen as the environment was opened. */
export const credentialsLook = ({ opened, nowMs }: EnvironmentSight): Look => ({
  name: 'credentials',
  docs: 'how-to/run-in-aws.md',
  look: async () => {
    const { caller, connection } = opened;
    const expiresMs = await credentialsExpireMs(connection.place);
    const seen = `${caller.arn} in the account ${caller.account}`;
    if (expiresMs === undefined) return fine(seen);
    const leftMs = expiresMs - nowMs();
    const minutes = Math.max(0, Math.floor(leftMs / 60_000));
    return leftMs < soonMs
      ? unfit(
          'warn',
          `${seen}, whose credentials run out in ${minutes} min`,
          'get new ones, such as with: aws sso login --profile <profile>',
        )
      : fine(`${seen}, for ${minutes} min more`);
  },
});

/** Whether the Region that is looked at is the one that the project declares. */
export const regionLook = ({ opened }: EnvironmentSight): Look => ({
  name: 'region',
  docs: 'how-to/declare-an-environment.md',
  look: async () => {
    const { id, region, definition } = opened;
    const declared = definition?.parsed.region;
    if (declared === undefined) return fine(`${region}; the project does not declare ${id}`);
    return declared === region
      ? fine(region)
      : unfit(
          'fail',
          `${region} was asked for, and ${id} is in ${declared}`,
          `leave --region out, or write --region ${declared}`,
        );
  },
});

/** AWS refuses what is signed more than five minutes off (IAM user guide, "Signing AWS API requests"). */
const refusedMs = 5 * 60_000;
/** Journals and schedules are read by their times: beyond this they would mislead. The answer itself is as of a second. */
const misleadingMs = 30_000;

/** Whether this machine's clock agrees with AWS's. */
export const clockLook = ({ opened, nowMs }: EnvironmentSight, ask?: Fetch): Look => ({
  name: 'clock',
  docs: 'how-to/find-out-what-is-wrong.md',
  look: async (signal) => {
    const offMs = nowMs() - (await timeOfAws(opened.region, signal, ask));
    const seconds = Math.round(Math.abs(offMs) / 1_000);
    const seen = `this machine’s clock is ${seconds} s ${offMs < 0 ? 'behind' : 'ahead of'} AWS’s`;
    const mend = 'set the clock by the network (NTP)';
    if (Math.abs(offMs) >= refusedMs) return unfit('fail', `${seen}: AWS refuses what is signed so`, mend);
    return Math.abs(offMs) > misleadingMs ? unfit('warn', seen, mend) : fine(seen);
  },
});
