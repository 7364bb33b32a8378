import type { STSClientConfig } from '@aws-sdk/client-sts';

/** Where clients ask, and as whom; a function's environment says both. */
export interface ClientPlace {
  readonly region?: string;
  readonly credentials?: NonNullable<STSClientConfig['credentials']>;
}
