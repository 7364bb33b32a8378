import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** DER (X.690): a value with its tag and length. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
};

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, 'hex');
const text = (value: string) => der(0x0c, Buffer.from(value));
const commonName = (name: string) => sequence(der(0x31, sequence(hex('0603550403'), text(name))));
/** ASN.1's GeneralizedTime: `20260101000000Z`. */
const time = (date: Date) => der(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));
const ecdsaWithSha256 = sequence(hex('06082a8648ce3d040302'));

export interface Certificate {
  readonly name: string;
  readonly cert: string;
  readonly key: KeyObject;
}

/** A certificate (RFC 5280) of a key of its own, signed by another or by itself: made anew, so that no key lies about. */
export function certificateOf(
  name: string,
  options: { readonly by?: Certificate; readonly until?: Date; readonly isAuthority?: boolean } = {},
): Certificate {
  const { by, until = new Date('2100-01-01T00:00:00Z'), isAuthority = false } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extension = (oid: string, value: Uint8Array) => sequence(hex(oid), der(0x04, value));
  const toBeSigned = sequence(
    der(0xa0, hex('020102')),
    hex(`0201${name.length.toString(16).padStart(2, '0')}`),
    ecdsaWithSha256,
    commonName(by?.name ?? name),
    sequence(time(new Date('2020-01-01T00:00:00Z')), time(until)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        isAuthority
          ? extension('0603551d13', sequence(hex('0101ff')))
          : extension('0603551d11', sequence(der(0x82, Buffer.from(name)))),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, by?.key ?? privateKey);
  const whole = sequence(toBeSigned, ecdsaWithSha256, der(0x03, hex('00'), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    name,
    key: privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
