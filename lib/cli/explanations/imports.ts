import type { Area } from './explanation.ts';

/** What keeps the file of another tool from becoming a definition. */
export const imports: Area = {
  id: 'imports',
  title: 'Problems of importing',
  where: 'As `code` of a problem of steadfast import.',
  docs: 'reference/command.md',
  codes: {
    'unknown-format': {
      means: 'A file is in no format that can be imported.',
      why: 'To read one format as another would make an experiment that nobody wrote.',
      mend: 'Name the format with --format, where it is one of those that the hint lists.',
      example: 'steadfast import --help',
    },
    'nothing-to-import': {
      means: 'A file holds nothing that an experiment could be made of.',
      why: 'An experiment without a fault would show nothing.',
      mend: 'The report says of each field why.',
      example: 'steadfast import experiment.json --json',
    },
    unfit: {
      means: 'What would come of a file is no valid definition.',
      why: 'Only what check accepts is written.',
      mend: 'Change the source there, or write the definition by hand.',
      example: 'steadfast new --list',
      docs: 'how-to/write-an-experiment.md',
    },
    foreign: {
      means: 'A file is one of another tool, where a definition of Steadfast is wanted.',
      why: 'What it means here is told by its import, field by field.',
      mend: 'Make a definition of it with steadfast import, or rehearse it as it stands.',
      example: 'steadfast import slow-database.json --out experiments',
      docs: 'how-to/rehearse-a-chaos-toolkit-experiment.md',
    },
    'not-imported': {
      means: 'An experiment of another tool cannot be rehearsed as it stands.',
      why: 'Nothing safe comes of it, or nothing says which service one of its hosts is here.',
      mend: 'Do what the hint says, such as to map the host with --map.',
      example: 'steadfast rehearse slow-database.json --map api.myapp.com=shop',
      docs: 'how-to/rehearse-a-chaos-toolkit-experiment.md',
    },
    'too-deep': {
      means: 'A file nests deeper than any experiment does.',
      why: 'Such files are made to make readers run out of memory.',
      mend: 'Import its parts one by one.',
      example: 'steadfast import part.yaml',
    },
    'too-many': {
      means: 'A file holds more documents than are imported at once.',
      why: 'A report of thousands of them would be read by nobody.',
      mend: 'Import them in several files.',
      example: 'steadfast import part.yaml',
    },
  },
};
