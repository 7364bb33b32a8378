import type { Rejection, Verdict } from '../../experiment/verdict.ts';
import type { CampaignPart, OtherPart, PlannedJob } from '../plan-document.ts';
import type { CampaignStatus, JobProgress } from './dispatch-state.ts';
import type { HeardWord, PartWord } from './part-word.ts';
import type { StopNotice } from './stop-notice.ts';

/** Where plans are kept. */
export interface CampaignPlans {
  /** @throws SteadfastError `unknown-id` where there is none */
  load(campaign: string): Promise<CampaignPart>;
}

/** Where it is written down how far a campaign is. */
export interface CampaignProgress {
  /** What is written down of the jobs from this one on. */
  from(campaign: string, index: number): Promise<readonly JobProgress[]>;
  /** False where somebody has started this attempt, or a later one, already. */
  start(campaign: string, job: JobProgress): Promise<boolean>;
  /** Of an attempt that is under way; false where it is so no more. */
  settle(campaign: string, job: JobProgress): Promise<boolean>;
  tell(campaign: string, status: CampaignStatus): Promise<void>;
  /** The right to tell people something once; it goes to another where who has it has neither told nor given it up. */
  claimTelling(
    telling: Telling,
    claim: { readonly nowMs: number; readonly expiredMs: number },
  ): Promise<'mine' | 'taken' | 'told'>;
  giveUpTelling(telling: Telling): Promise<void>;
  markTold(telling: Telling, nowMs: number): Promise<void>;
}

/** What people are told once: that a campaign is stopped, or that an execution of its dispatcher is cut off from another part. */
export interface Telling {
  readonly campaign: string;
  readonly cutOffIn?: number;
}

/** What other parts of a campaign have told. */
export interface PartWords {
  heard(campaign: string): Promise<readonly HeardWord[]>;
  /** Keeps it, together with what was heard before. */
  keep(word: HeardWord): Promise<void>;
}

/** What a launcher's execution says of its run. */
export type RunLook =
  | { readonly state: 'running' }
  | { readonly state: 'missing' }
  | { readonly state: 'ended'; readonly verdict: Verdict; readonly rejection?: Rejection };

/** What a launcher was deployed with. */
interface DeployedLauncher {
  /** Of the definition. */
  readonly hash: string;
  readonly touches: readonly string[];
}

type Of = Pick<PlannedJob, 'environment' | 'experiment'>;

/** The launchers of the environments that a dispatcher serves. */
export interface Launchers {
  /** Undefined where the experiment is not deployed. */
  deployed(job: Of): Promise<DeployedLauncher | undefined>;
  /** Starts a run, or finds that it has been started: its id makes it one. */
  start(job: Of, runId: string): Promise<void>;
  look(job: Of, runId: string): Promise<RunLook>;
}

/** Everything that a dispatcher reaches of the world. */
export interface DispatchPorts {
  readonly clock: { now(): number };
  readonly plans: CampaignPlans;
  readonly progress: CampaignProgress;
  readonly launchers: Launchers;
  readonly words: PartWords;
  /** The dispatchers of the other parts; throws where one cannot be told. */
  readonly others: { tell(other: OtherPart, word: PartWord): Promise<void> };
  readonly people: { stopped(notice: StopNotice): Promise<void> };
  /** The wish to end this campaign, or everything. */
  readonly halts: { requested(campaign: string): Promise<{ readonly reason: string } | undefined> };
}
