/** Where the values that an argument or an option may have can be found. */
export type Source =
  | 'experiments'
  | 'environments'
  | 'labs'
  | 'gameDays'
  | 'runs'
  | 'editions'
  | 'faults'
  | 'faultServices'
  | 'recipes'
  | 'codes'
  | 'verdicts'
  | 'importFormats'
  | 'commands'
  | 'files'
  | 'folders';

/**
 * What arguments and options take, by their names; where a name means different things in commands, the command's words stand before it.
 * An empty list is what people alone know: a text, a time, a number. Closed lists are not here: they are `choices` of the option itself.
 */
const taken: Readonly<Record<string, readonly Source[]>> = {
  // Arguments.
  experiment: ['experiments', 'files'],
  'run experiment': ['experiments'],
  'pause experiment': ['experiments'],
  'resume experiment': ['experiments'],
  names: ['experiments', 'environments', 'labs', 'gameDays', 'files'],
  run: ['runs'],
  before: ['runs', 'files'],
  after: ['runs', 'files'],
  'game-day': ['gameDays'],
  environment: ['environments'],
  edition: ['editions'],
  file: ['files'],
  plan: ['files'],
  dir: ['folders'],
  'faults id': ['faults'],
  command: ['commands'],
  code: ['codes'],
  campaign: [],
  item: [],
  number: [],
  duration: [],
  text: [],
  stage: [],
  service: [],
  prediction: [],
  // Options.
  '--env': ['environments'],
  '--lab': ['labs'],
  '--experiment': ['experiments'],
  '--experiments': ['experiments'],
  'judge --experiment': ['files'],
  '--edition': ['editions'],
  'new --from': ['recipes', 'experiments'],
  'faults --service': ['faultServices'],
  '--format': ['importFormats'],
  '--fail-on': ['verdicts'],
  '--junit': ['files'],
  '--markdown': ['files'],
  '--runs': ['folders'],
  '--html': ['files'],
  '--config': ['files'],
  '--prices': ['files'],
  '--key': ['files'],
  '--out': ['folders'],
  'campaign plan --out': ['files'],
  'export --out': ['files'],
  '--as': [],
  '--at': [],
  '--for': [],
  '--from': [],
  '--hash': [],
  '--host': [],
  '--id': [],
  '--limit': [],
  '--map': [],
  '--max-age': [],
  '--month': [],
  '--note': [],
  '--parallel': [],
  '--port': [],
  '--profile': [],
  '--reason': [],
  '--region': [],
  '--repeat': [],
  '--seed': [],
  '--service': [],
  '--set': [],
  '--since': [],
  '--stage': [],
  '--stop-after': [],
  '--time-zone': [],
  '--token': [],
  '--until': [],
};

/**
 * What an argument (`experiment`) or an option (`--env`) of a command takes.
 *
 * @param words the command's, without the program's name
 * @returns undefined where nobody has said it
 */
export const takenBy = (words: readonly string[], name: string): readonly Source[] | undefined =>
  taken[`${words.join(' ')} ${name}`] ?? taken[name];
