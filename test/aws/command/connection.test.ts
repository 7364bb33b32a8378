import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../lib/aws/command/connection.ts';
import { containing } from '../../fakes/matching.ts';

/** What STS answers; the real client asks it, since mocks know neither credentials nor the wire. */
let answer: { readonly status: number; readonly body: string };
const server = createServer((_request, response) => {
  response.writeHead(answer.status, { 'content-type': 'text/xml' });
  response.end(answer.body);
});

const failure = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>told</Message></Error></ErrorResponse>`;

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

beforeEach(() => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens nowhere');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${address.port}`);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
  for (const name of ['AWS_PROFILE', 'AWS_REGION']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => vi.unstubAllEnvs());

describe('the connection of the command', () => {
  it('knows whose its credentials are, and the Region that is named before that of the variables', async () => {
    answer = {
      status: 200,
      body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111111111111:user/ann</Arn><UserId>A</UserId><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    };
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    expect((await connect({})).region).toBe('eu-central-1');
    const connection = await connect({ region: 'eu-west-1' });
    expect(connection.region).toBe('eu-west-1');
    expect(await connection.caller()).toEqual({
      account: '111111111111',
      arn: 'arn:aws:iam::111111111111:user/ann',
    });
  });

  it('says what to do where no Region is known, and where there are no credentials', async () => {
    await expect(connect({})).rejects.toMatchObject({ code: 'cannot-begin', hint: containing('--region') });
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    const connection = await connect({ region: 'eu-west-1' });
    await expect(connection.caller()).rejects.toMatchObject({
      code: 'permission',
      message: containing('there are no AWS credentials'),
    });
  });

  it.each([
    ['ExpiredToken', 'the AWS credentials have expired'],
    ['InvalidClientTokenId', 'AWS does not accept these credentials for sts:GetCallerIdentity'],
  ])('says it where they are not taken: %s', async (code, message) => {
    answer = { status: 403, body: failure(code) };
    const connection = await connect({ region: 'eu-west-1' });
    await expect(connection.caller()).rejects.toMatchObject({
      code: 'permission',
      message: containing(message),
    });
  });
});
