import type { Area } from './explanation.ts';

/** Game days, and the evidence that they leave. */
export const gameDays: Area = {
  id: 'game-days',
  title: 'Problems of game days',
  where: 'As `code` of a problem of steadfast check on a game day.',
  docs: 'how-to/write-a-game-day.md',
  codes: {
    'own-approval': {
      means: 'Only the operator would approve what the operator proposes.',
      why: 'An approval is worth something when somebody else gives it.',
      mend: 'Name another role.',
      example: 'approvals: { stages: [observer, onCall] }',
    },
    'unfilled-role': {
      means: 'Nobody acts in a role that is needed.',
      why: 'Nothing could be proposed, or nothing approved.',
      mend: 'Say who may act in that role, or name an approver that is filled.',
      example: "roles: { operator: ['arn:aws:iam::111111111111:role/operators'] }",
    },
    'not-here': {
      means: 'An experiment of the game day is not rehearsed or deployed where the game day takes place.',
      why: 'Its stage could never begin.',
      mend: 'Add the place to the experiment, or take it out of the game day.',
      example: "lab: 'shop'",
    },
    'too-little-time': {
      means: 'The stages may take longer than the experiment lasts.',
      why: 'The last one would never be offered.',
      mend: 'Give it more time, or leave out a stage.',
      example: "times: { experiment: '3h' }",
    },
    'taken-for-alarm': {
      means:
        'A note: a name is neither a guard nor an alarm of the environment, and is taken for the name of an alarm.',
      why: 'It may be a slip, which nobody would notice on the day.',
      mend: 'Nothing, where there is such an alarm.',
      example: 'aws cloudwatch describe-alarms --alarm-names shop-latency',
    },
  },
};

/** What verifying a bundle of evidence finds. */
export const evidence: Area = {
  id: 'evidence',
  title: 'Problems of evidence',
  where: 'As `code` of a problem of steadfast evidence verify.',
  docs: 'explanation/evidence.md',
  codes: {
    signature: {
      means: 'The last line, which signs all others, is missing, wrong, or not of this list of records.',
      why: 'Without it nothing in the file is proven.',
      mend: 'Get the file again from where it was written.',
      example: 'steadfast evidence verify evidence-1.ndjson --key auditors.pem',
    },
    key: {
      means: 'The file was signed with another key than the one to be trusted.',
      why: 'Anybody can sign with a key of their own.',
      mend: 'Ask whoever holds the key for its fingerprint, by another way than the file came.',
      example: 'steadfast evidence verify evidence-1.ndjson --key auditors.pem',
    },
    changed: {
      means: 'A record is not what was signed.',
      why: 'It holds something else, or does not follow the one before it.',
      mend: 'Get the file again; what is in this one does not count.',
      example: 'stage 2 was changed: line 7 holds something else, hashed anew',
    },
    removed: {
      means: 'A record that was signed is not in the file.',
      why: 'Whoever took it out may have had a reason.',
      mend: 'Get the file again.',
      example: 'run half-the-tasks, line 5, was taken out',
    },
    added: {
      means: 'A line is in the file that was not signed.',
      why: 'It may say anything.',
      mend: 'Get the file again.',
      example: 'line 9 was put in: it is none of the records that were signed',
    },
    moved: {
      means: 'A record stands in another line than it was signed in.',
      why: 'The order says what happened first.',
      mend: 'Get the file again.',
      example: 'stage 1 stands in line 6 and belongs into line 4',
    },
  },
};

/** Campaigns: many runs, none of which disturbs another. */
export const campaigns: Area = {
  id: 'campaigns',
  title: 'Problems of campaigns',
  where: 'As `code` of a problem of steadfast campaign plan and run, or of an experiment without a place.',
  docs: 'how-to/run-a-campaign.md',
  codes: {
    'unknown-environment': {
      means: 'An experiment is to run in an environment that the campaign does not know.',
      why: 'Without its times and limits it has no place.',
      mend: 'Name an environment of this project.',
      example: 'steadfast list',
    },
    'longer-than-any-gap': {
      means: 'An experiment takes longer than any time without a blackout.',
      why: 'It would disturb a blackout wherever it was put.',
      mend: 'Shorten it, or the blackouts.',
      example: "stages: [{ share: 'one', duration: '2m' }]",
    },
    'no-room-before-the-end': {
      means: 'Others take what an experiment needs until the end of the campaign.',
      why: 'No two touch the same service at once.',
      mend: 'Plan further ahead, or fewer experiments.',
      example: 'steadfast campaign plan --env staging',
    },
    'same-place': {
      means: 'A partner is the environment itself, or in the same account and Region.',
      why: 'There one dispatcher follows all of a campaign.',
      mend: 'Write dispatches in its place.',
      example: "dispatches: ['sandbox']",
    },
    'one-sided': {
      means: 'A partner does not name this environment among its own.',
      why: 'It would not listen to it, and a campaign stops as one.',
      mend: 'Name each in the other, and deploy both runners.',
      example: "campaignPartners: ['dublin']",
    },
    'no-partner': {
      means: 'The dispatcher of a part does not know the others.',
      why: 'What stops in one part has to stop in all.',
      mend: 'Name each among the campaignPartners of the other, and deploy its runner.',
      example: "campaignPartners: ['ohio']",
    },
    outdated: {
      means: 'A plan of a campaign is for other definitions than the project has.',
      why: 'What runs would not be what was planned.',
      mend: 'Plan again, or check out what was planned.',
      example: 'steadfast campaign plan --env staging',
    },
  },
};
