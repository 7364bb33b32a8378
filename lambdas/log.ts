/** Something to tell, by name. */
type Details = Readonly<Record<string, unknown>>;

/** The log of a function: lines of JSON, which CloudWatch Logs Insights reads. */
export interface FunctionLog {
  /** What every line says from now on. */
  appendKeys(keys: Details): void;
  resetKeys(): void;
  debug(message: string, details: Details): void;
  info(message: string, details: Details): void;
  error(message: string, error: Error): void;
}

/** One line to the function's log: Lambda keeps as it is what is JSON already. */
const toLog = (line: string): void => void process.stdout.write(`${line}\n`);

/** An error with what caused it, and what caused that. */
const errorIn = (error: Error, depth = 0): Details => ({
  name: error.name,
  message: error.message,
  stack: error.stack,
  ...(error.cause instanceof Error && depth < 5 ? { cause: errorIn(error.cause, depth + 1) } : {}),
});

/**
 * Writes structured lines under the names that Powertools for AWS gives them, in a fiftieth of its code: a function has 150 kB
 * (docs/decisions/029-small-and-cheap.md). Lines for debugging are written where Lambda's level of logging asks for them.
 */
export function createFunctionLog({
  environment,
  level = process.env['AWS_LAMBDA_LOG_LEVEL'] ?? 'INFO',
  write = toLog,
}: {
  readonly environment?: string;
  readonly level?: string;
  readonly write?: (line: string) => void;
} = {}): FunctionLog {
  const always = { service: 'steadfast', ...(environment === undefined ? {} : { environment }) };
  let keys: Details = {};
  const tell = (of: string, message: string, details: Details) => {
    const timestamp = new Date().toISOString();
    write(JSON.stringify({ level: of, message, timestamp, ...always, ...keys, ...details }));
  };
  return {
    appendKeys: (more) => {
      keys = { ...keys, ...more };
    },
    resetKeys: () => {
      keys = {};
    },
    debug: (message, details) => {
      if (level === 'DEBUG' || level === 'TRACE') tell('DEBUG', message, details);
    },
    info: (message, details) => tell('INFO', message, details),
    error: (message, error) => tell('ERROR', message, { error: errorIn(error) }),
  };
}

/** A metric's unit, of those that CloudWatch knows. */
export type Unit = 'Count' | 'Percent' | 'Seconds';

/**
 * Counts in CloudWatch's embedded metric format (CloudWatch user guide, "Specification: Embedded metric format"): a line of the log,
 * which costs no call. What has no value is left out.
 */
export function createMetricWriter({
  namespace,
  service,
  write = toLog,
}: {
  readonly namespace: string;
  readonly service: string;
  readonly write?: (line: string) => void;
}) {
  return (
    dimensions: Readonly<Record<string, string>>,
    values: Readonly<Record<string, readonly [Unit, number | undefined]>>,
  ): void => {
    const told = Object.entries(values).filter(([, [, value]]) => value !== undefined);
    if (told.length === 0) return;
    const named = { service, ...dimensions };
    const CloudWatchMetrics = [
      {
        Namespace: namespace,
        Dimensions: [Object.keys(named)],
        Metrics: told.map(([Name, [Unit]]) => ({ Name, Unit })),
      },
    ];
    const numbers = Object.fromEntries(told.map(([name, [, value]]) => [name, value]));
    write(JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, ...named, ...numbers }));
  };
}
