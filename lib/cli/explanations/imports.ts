import type { Area } from './explanation.ts';

const again = 'steadfast import experiment.json';

/** What keeps the file of another tool from becoming a definition. */
export const imports: Area = {
  id: 'imports',
  title: 'Problems of importing: any file',
  where: 'As `code` of a problem, or of a refusal, of steadfast import.',
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
    'doubled-key': {
      means: 'A file gives a key twice.',
      why: 'Nobody could say which of them counts.',
      mend: 'Keep one of the two.',
      example: '{ "title": "one" }',
    },
    secret: {
      means: 'A file holds a secret where a definition needs a word.',
      why: 'Definitions are kept where many read them.',
      mend: 'Put something that is no secret in its place.',
      example: again,
    },
    'secret-in-the-way': {
      means: 'A secret of a file is also a word that the definition needs, such as the name of a service.',
      why: 'Secrets are never copied, so the word would be missing.',
      mend: 'Put a placeholder in the place of the secret, and import it again.',
      example: again,
    },
    'no-experiment': {
      means: 'A document is no experiment of Chaos Toolkit: that is a map with a method.',
      why: 'It may be a journal, or another tool’s.',
      mend: 'Keep it in a file of its own.',
      example: '{ "title": "…", "method": […] }',
    },
    'no-fault': {
      means: 'No action of a method becomes a fault.',
      why: 'There would be nothing to run.',
      mend: 'The report says of each action what to write instead.',
      example: 'steadfast new --list',
    },
    'no-steady-state': {
      means: 'No probe of a hypothesis can be taken over.',
      why: 'Nothing could be judged.',
      mend: 'The report says of each probe what to write instead; name a lab or an environment that knows its services.',
      example: 'steadfast import experiment.json --lab shop',
    },
    namespace: {
      means: 'An experiment names a namespace that the environment does not declare for its pods.',
      why: 'No fault reaches another namespace: it may be production’s.',
      mend: 'Declare it in the environment, where its pods are the environment’s own.',
      example: "eks: { namespace: 'shop', … }",
      docs: 'how-to/declare-an-environment.md',
    },
    'no-environment': {
      means: 'A template is confined to no environment.',
      why: 'A fault that nothing keeps within an environment may reach production.',
      mend: 'Name the environment with --env, or add its tag to every target.',
      example: 'steadfast import template.json --env staging',
      docs: 'explanation/fences.md',
    },
    'unknown-action': {
      means: 'An action is none that Steadfast, or the tool itself, knows.',
      why: 'Nobody could say what it hits.',
      mend: 'Write one that is known; the hint lists them.',
      example: 'steadfast faults',
      docs: 'reference/faults.md',
    },
    'cannot-be-written': {
      means: 'What would come of a manifest is no valid experiment.',
      why: 'Only what check accepts is written.',
      mend: 'Write the definition by hand.',
      example: 'steadfast new --list',
      docs: 'how-to/write-an-experiment.md',
    },
    'not-planned': {
      means: 'What would come of a manifest could not be planned in the environment.',
      why: 'It would be refused as it is deployed.',
      mend: 'The hint says what to change.',
      example: 'steadfast import chaos.yaml --env staging',
      docs: 'how-to/declare-an-environment.md',
    },
  },
};

/** What keeps a template of FIS from becoming a definition. */
export const fisImports: Area = {
  id: 'imports-of-fis',
  title: 'Problems of importing: templates of FIS',
  where: 'As `code` of a refusal of steadfast import. --fix mends what can be mended safely, and shows how.',
  docs: 'how-to/import-from-fis.md',
  codes: {
    'no-environment-tag': {
      means: 'A target does not ask for the tag of the environment.',
      why: 'It would hit what carries the other tags in every environment of the account.',
      mend: 'Add the tag that the hint names, or have it added: --fix.',
      example: 'steadfast import template.json --env staging --fix',
    },
    'foreign-environment': {
      means: 'A target names resources or a namespace of another environment or account.',
      why: 'A fault stays within its environment.',
      mend: 'Say which service of this environment is meant.',
      example: 'steadfast import template.json --env staging --map Tasks=shop',
    },
    'multi-account': {
      means: 'A template reaches other accounts.',
      why: 'No environment of this account could confine it there.',
      mend: 'Take it out, and import the template once for the environment of each account.',
      example: 'steadfast import template.json --env staging',
    },
    narrowing: {
      means: 'A target is narrowed by what no definition can say.',
      why: 'Without it more would be hit.',
      mend: 'Give what is meant a tag of its own, and select it by that.',
      example: "selector: { service: 'shop', tags: { Role: 'canary' } }",
    },
    parameter: {
      means: 'A parameter, or a selection mode, has a value that FIS or a definition does not take.',
      why: 'To read it as another would change what is done.',
      mend: 'Write the value that the hint names.',
      example: '"selectionMode": "PERCENT(50)"',
      docs: 'reference/faults.md',
    },
    broken: {
      means:
        'A template contradicts itself: an action names no target, or actions wait for each other in a circle.',
      why: 'FIS would refuse it, or never start it.',
      mend: 'Mend what is named.',
      example: '"targets": { "Tasks": "half-the-tasks" }',
    },
    'unfit-template': {
      means: 'A template holds what no definition can say.',
      why: 'Something else would be run than was meant.',
      mend: 'Write the definition by hand.',
      example: 'steadfast new --list',
      docs: 'how-to/write-an-experiment.md',
    },
  },
};
