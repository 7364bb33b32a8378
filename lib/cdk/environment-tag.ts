/** The tag by which everything of one environment is known: `{ key: 'Env', value: 'staging' }`. */
export interface EnvironmentTag {
  readonly key: string;
  readonly value: string;
}
