/** What one thing that AWS charges for costs. */
export interface Price {
  readonly usd: number;
  /** How many units that is the price of. */
  readonly per: number;
  /** What is counted, in the singular. */
  readonly unit: string;
  /** Where AWS publishes it. */
  readonly source: string;
  /** When the price was last compared with what is published. */
  readonly asOf: string;
}

/** The Region whose prices these are. Others are the same or up to a fifth dearer; who needs them to the cent overrides them. */
export const pricedRegion = 'us-east-1';

const million = 1_000_000;
const cloudWatch = { source: 'https://aws.amazon.com/cloudwatch/pricing/', asOf: '2026-06-13' } as const;
const dynamoDb = {
  source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  asOf: '2025-07-21',
} as const;
const eventBridge = { source: 'https://aws.amazon.com/eventbridge/pricing/', asOf: '2026-06-13' } as const;
const kms = { source: 'https://aws.amazon.com/kms/pricing/', asOf: '2026-06-13' } as const;
const lambda = { source: 'https://aws.amazon.com/lambda/pricing/', asOf: '2026-05-11' } as const;
const s3 = { source: 'https://aws.amazon.com/s3/pricing/', asOf: '2024-07-01' } as const;
const sns = { source: 'https://aws.amazon.com/sns/pricing/', asOf: '2026-06-13' } as const;

/**
 * AWS's list prices of what Steadfast uses, on demand and without any free tier or discount: what an account pays is at most this.
 * A month is a calendar month.
 */
export const prices = {
  alarmMonth: { usd: 0.1, per: 1, unit: 'alarm month', ...cloudWatch },
  customMetricMonth: { usd: 0.3, per: 1, unit: 'custom metric month', ...cloudWatch },
  dashboardMonth: { usd: 3, per: 1, unit: 'dashboard month', ...cloudWatch },
  logGbIngested: { usd: 0.5, per: 1, unit: 'GB of logs written', ...cloudWatch },
  logGbMonth: { usd: 0.03, per: 1, unit: 'GB month of logs kept', ...cloudWatch },
  /** DescribeAlarms and the like. */
  cloudWatchRequest: { usd: 0.01, per: 1_000, unit: 'request to CloudWatch', ...cloudWatch },
  /** GetMetricData is charged by the metrics that it asks for. */
  metricRead: { usd: 0.01, per: 1_000, unit: 'metric read from CloudWatch', ...cloudWatch },

  dynamoDbRead: { usd: 0.125, per: million, unit: 'read request unit', ...dynamoDb },
  dynamoDbWrite: { usd: 0.625, per: million, unit: 'write request unit', ...dynamoDb },
  dynamoDbGbMonth: { usd: 0.25, per: 1, unit: 'GB month of the table', ...dynamoDb },

  event: { usd: 1, per: million, unit: 'event of one’s own', ...eventBridge },
  scheduledStart: { usd: 1, per: million, unit: 'invocation by a schedule', ...eventBridge },

  /** An action that runs in an experiment, by the minute. */
  fisActionMinute: {
    usd: 0.1,
    per: 1,
    unit: 'FIS action-minute',
    source: 'https://aws.amazon.com/fis/pricing/',
    asOf: '2026-06-13',
  },

  kmsKeyMonth: { usd: 1, per: 1, unit: 'key month', ...kms },
  kmsRequest: { usd: 0.03, per: 10_000, unit: 'request to KMS', ...kms },

  /** On arm64. */
  lambdaGbSecond: { usd: 0.000_013_333_4, per: 1, unit: 'GB-second', ...lambda },
  lambdaRequest: { usd: 0.2, per: million, unit: 'invocation', ...lambda },

  s3Get: { usd: 0.000_4, per: 1_000, unit: 'GET', ...s3 },
  /** Listings are charged as writes are. */
  s3Put: { usd: 0.005, per: 1_000, unit: 'PUT or LIST', ...s3 },
  s3GbMonth: { usd: 0.023, per: 1, unit: 'GB month of objects', ...s3 },

  snsEmail: { usd: 2, per: 100_000, unit: 'e-mail', ...sns },
  snsMessage: { usd: 0.5, per: million, unit: 'message', ...sns },

  /** Of a standard state machine; each retry is one more. */
  stateTransition: {
    usd: 0.025,
    per: 1_000,
    unit: 'state transition',
    source: 'https://aws.amazon.com/step-functions/pricing/',
    asOf: '2026-03-14',
  },

  trace: {
    usd: 5,
    per: million,
    unit: 'trace recorded',
    source: 'https://aws.amazon.com/xray/pricing/',
    asOf: '2026-06-13',
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** How much of each thing there is; nothing of what is not named. */
export type Amounts = Readonly<Partial<Record<PriceName, number>>>;

/** Other prices than the list's, in USD for as many units as the list prices. */
export type PriceOverrides = Readonly<Partial<Record<PriceName, number>>>;

export const isPriceName = (name: string): name is PriceName => Object.hasOwn(prices, name);

/** What an amount of one thing costs. */
export const usdOf = (name: PriceName, amount: number, overrides: PriceOverrides = {}): number =>
  (amount * (overrides[name] ?? prices[name].usd)) / prices[name].per;

/** What each thing costs, and all of it. */
export function bill(
  amounts: Amounts,
  overrides: PriceOverrides = {},
): { readonly usd: number; readonly parts: Readonly<Partial<Record<PriceName, number>>> } {
  const names = Object.keys(amounts).filter(isPriceName);
  const parts = names.map((name) => [name, usdOf(name, amounts[name] ?? 0, overrides)] as const);
  return { usd: parts.reduce((sum, [, usd]) => sum + usd, 0), parts: Object.fromEntries(parts) };
}
