import type { Area } from './explanation.ts';

export const exitCodeArea: Area = {
  id: 'exit-codes',
  title: 'Exit codes',
  where: 'As what the command ends with: `echo $?`.',
  docs: 'reference/verdicts-and-exit-codes.md',
  codes: {
    '0': {
      means: 'Fine. Of a run or a rehearsal: held.',
      why: 'A pipeline goes on for this one alone.',
      mend: 'Nothing.',
      example: 'steadfast rehearse slow-database && npx cdk deploy --all -c env=staging',
    },
    '1': {
      means: 'A run deviated: a tolerance was missed.',
      why: 'It never stands for a crash, which is 70.',
      mend: 'Open the report, and see what was missed when.',
      example: 'steadfast runs',
    },
    '2': {
      means: 'A run was inconclusive: the evidence does not carry a verdict.',
      why: 'Not seeing is not the same as seeing that all is well.',
      mend: 'The findings say what was lacking.',
      example: 'steadfast show <run>',
    },
    '3': {
      means: 'A run was halted: by a guard, an approval or a person.',
      why: 'It was not seen to its end.',
      mend: 'See who or what ended it, and start it again later.',
      example: 'steadfast show <run>',
    },
    '4': {
      means:
        'Rejected or refused: a bad document, an unknown name, a port taken, a lab that does not start, a check that failed.',
      why: 'Nothing was begun: mend it and do the same again.',
      mend: 'The message names the problem, and its code can be looked up.',
      example: 'steadfast check',
    },
    '5': {
      means: 'A run was unrecovered: the system was not shown to be well again.',
      why: 'Somebody has to look at once.',
      mend: 'Look at the system, then at the journal.',
      example: 'steadfast show <run>',
    },
    '64': {
      means: 'Wrong usage: an option or argument that the command does not have.',
      why: 'It is told apart from what a definition does wrong.',
      mend: 'Look at the help of the command.',
      example: 'steadfast run --help',
    },
    '70': {
      means: 'Steadfast itself failed; a crash as well.',
      why: 'It says nothing of the system under test.',
      mend: 'Report it with what was printed.',
      example: 'Steadfast itself failed. Please report this:',
    },
    '130': {
      means:
        'Ctrl-C before a run began, a question not answered with yes, or a run in AWS let go of before its verdict.',
      why: 'There is no verdict yet. A run that was let go of goes on.',
      mend: 'Start it again, or look at how the run ends.',
      example: 'steadfast show <run> --env staging',
    },
  },
};
