import { MIMEType } from 'node:util';
import { type Exchange, headerValues, type Response } from '../../../schemas/files/recording.ts';
import { divided } from './divided.ts';
import { excerpt, show } from './excerpt.ts';

/** Every media type that the response claims: header lines, and members of a list on one line. */
export function contentTypes({ headers }: Response): string[] {
  return headerValues(headers, 'content-type').flatMap((value) =>
    value === '' ? [''] : divided(value),
  );
}

const read = new WeakMap<Response, MIMEType | undefined>();

/** The first Content-Type as a media type, read once; undefined: there is none, or none that can be read. */
export function mediaTypeOf(response: Response): MIMEType | undefined {
  if (!read.has(response)) read.set(response, parseMediaType(contentTypes(response)[0] ?? ''));
  return read.get(response);
}

/** A text as a media type; undefined where it is not one. */
export function parseMediaType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}

/** How much metadata the response says that it has: minimal, full or none (OData JSON 3.1). */
export function metadataOf(exchange: Pick<Exchange, 'response'>): string | undefined {
  return formatParameter(exchange, 'metadata');
}

/** Whether the response says that its names stand in the order for streaming (OData JSON 4.4). */
export function isStreaming(exchange: Pick<Exchange, 'response'>): boolean {
  return formatParameter(exchange, 'streaming') === 'true';
}

/** A format parameter, in lower case, because its value has none; before 4.01 its name begins with `odata.` (OData JSON 3). */
function formatParameter(
  { response }: Pick<Exchange, 'response'>,
  name: string,
): string | undefined {
  const params = response && mediaTypeOf(response)?.params;
  return (params?.get(`odata.${name}`) ?? params?.get(name))?.toLowerCase();
}

/** Every media type that the response claims, without parameters but for a charset that is not UTF-8; undefined: there is none. */
export function mediaTypesText(response: Response): string | undefined {
  return excerpt(contentTypes(response).map(mediaTypeText).join(' and ')) || undefined;
}

function mediaTypeText(text: string): string {
  const type = parseMediaType(text);
  if (type === undefined) return show(text);
  const charset = type.params.get('charset') ?? 'utf-8';
  return isUtf8(charset) ? type.essence : `${type.essence}; charset=${charset}`;
}

/** Whether a charset is UTF-8, in either of the spellings in use. */
export function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset);
}
