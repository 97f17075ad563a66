// The server's own signing key, taken as only a thief of the database and of the key encryption key
// could: what is signed with it is refused for what it says and for nothing else.

import { createDecipheriv, createPrivateKey, sign } from 'node:crypto';

const nonceSize = 12;
const tagSize = 16;

/** { kid, key }: the key that signs now, out of the database. */
export async function stolenKey(instance) {
  const [[kid, hex]] = await instance.sql("select kid, encode(sealed_private_key, 'hex') from identity.signing_keys where state = 'signing'");
  const sealed = Buffer.from(hex, 'hex');
  const cipher = createDecipheriv('aes-256-gcm', Buffer.from(instance.secret('key_encryption_key'), 'base64url'), sealed.subarray(0, nonceSize));
  cipher.setAAD(Buffer.from(kid));
  cipher.setAuthTag(sealed.subarray(-tagSize));
  const der = Buffer.concat([cipher.update(sealed.subarray(nonceSize, -tagSize)), cipher.final()]);
  return { kid, key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
}

export const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** The JSON of a token's header and claims. */
export function partsOf(token) {
  const [header, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url'));
  return { header: JSON.parse(header), claims: JSON.parse(claims) };
}

/** A token in the compact form; header and claims are objects, or texts when their letters matter. */
export function signToken(header, claims, key) {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
