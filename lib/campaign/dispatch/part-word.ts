import * as z from 'zod/mini';
import { verdicts } from '../../experiment/verdict.ts';
import { compareText } from '../campaign.ts';
import type { CampaignPart, OtherPart } from '../plan-document.ts';
import { type VerdictCounts, verdictCountsSchema } from '../stop-after.ts';

/** As long as they can be, and nothing that a terminal or a message would take for more than a name. */
const placeSchema = z.object({
  dispatcher: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/)),
  account: z.string().check(z.regex(/^\d{12}$/)),
  region: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
});

/** Where a part of a campaign is, and who follows it. */
export type PartPlace = z.output<typeof placeSchema>;

/** Whoever halts a campaign may say why at any length; an event has room for less, and whoever reads it no time. */
const longestReason = 1_000;

/** Never refused: a stop counts, however it is told. */
const reasonOnOneLine = (reason: string) => reason.replaceAll(/\p{Cc}+/gu, ' ').slice(0, longestReason);

const stopSchema = z.object({
  ...placeSchema.shape,
  reason: z.pipe(z.string(), z.transform(reasonOnOneLine)),
});

/** That a campaign is stopped, why, and where that began. */
export type CampaignStop = z.output<typeof stopSchema>;

/** A stop that began in a part. */
export const stopBegunIn = (part: PartPlace, reason: string): CampaignStop => ({
  ...placeOfPart(part),
  reason: reasonOnOneLine(reason),
});

/**
 * What one part of a campaign tells the others: all that it has counted so far, never a single verdict. So one that is lost is made up for
 * by the next, and one that is late or comes twice says nothing new.
 */
export const partWordSchema = z.object({
  campaign: z.string().check(z.regex(/^\d{8}-[0-9a-f]{8}$/)),
  ...placeSchema.shape,
  counts: verdictCountsSchema,
  stopped: z.optional(stopSchema),
  /** Whether it starts nothing more, and nothing is under way. */
  isOver: z.boolean(),
});

export type PartWord = z.output<typeof partWordSchema>;

/** What has been heard of another part, and when the last of it was told. */
export const heardWordSchema = z.object({ ...partWordSchema.shape, heardAt: z.string() });

export type HeardWord = z.output<typeof heardWordSchema>;

/**
 * The event by which a word comes to the bus of another dispatcher. Its source names who tells: the bus lets each partner in under its own
 * alone.
 */
export const partWordEvent = {
  sourceOf: ({ dispatcher, account, region }: PartPlace) =>
    `steadfast.campaign.${account}.${region}.${dispatcher}`,
  detailType: 'Campaign Part',
} as const;

/** What is known after both, whichever was heard first: counts only grow, and what is stopped or over stays so. */
export function mergedWords(a: HeardWord, b: HeardWord): HeardWord {
  const counts: VerdictCounts = {};
  for (const verdict of verdicts) {
    const most = Math.max(a.counts[verdict] ?? 0, b.counts[verdict] ?? 0);
    if (most > 0) counts[verdict] = most;
  }
  const [stopped] = [a.stopped, b.stopped]
    .filter((stop) => stop !== undefined)
    .toSorted((one, other) => compareText(JSON.stringify(one), JSON.stringify(other)));
  const { campaign, dispatcher, account, region } = a;
  return {
    campaign,
    dispatcher,
    account,
    region,
    counts,
    ...(stopped === undefined ? {} : { stopped }),
    isOver: a.isOver || b.isOver,
    heardAt: compareText(a.heardAt, b.heardAt) > 0 ? a.heardAt : b.heardAt,
  };
}

/** `other (222222222222 us-east-1)` */
export const placeText = ({ dispatcher, account, region }: PartPlace): string =>
  `${dispatcher} (${account} ${region})`;

export const placeOfPart = ({ dispatcher, account, region }: PartPlace): PartPlace => ({
  dispatcher,
  account,
  region,
});

/** What has been heard of the parts that a plan knows, in its order: of no other, and no more than each of them has runs. */
export const wordsOfOthers = (
  { campaign, others = [] }: CampaignPart,
  words: readonly HeardWord[],
): readonly HeardWord[] =>
  others.flatMap((other) => {
    const word = words.find((one) => one.campaign === campaign && isOf(one, other));
    return word === undefined ? [] : [{ ...word, counts: atMost(word.counts, other.jobs) }];
  });

const isOf = (word: PartPlace, other: OtherPart) =>
  word.dispatcher === other.dispatcher && word.account === other.account && word.region === other.region;

function atMost(counts: VerdictCounts, most: number): VerdictCounts {
  const bounded: VerdictCounts = {};
  for (const verdict of verdicts)
    if (counts[verdict] !== undefined) bounded[verdict] = Math.min(counts[verdict], most);
  return bounded;
}
