import type { Response } from './recording.ts';

/** Bytes of a body that are kept at each of its ends. */
const end = 8 * 1024;

/** The most bytes of a body that is never cut: both ends of one that is. */
export const shortBody = 2 * end;

/**
 * The response with the two ends of its body, in memory of their own; the same one where the body is
 * short. UTF-8 is not cut within a character.
 */
export function inPart(response: Response): Response {
  const { body } = response;
  if (body.length <= shortBody) return response;
  const head = beginningAt(body, end);
  const tail = beginningAt(body, body.length - end);
  return {
    ...response,
    body: Buffer.from(body.subarray(0, head)),
    cut: { omitted: tail - head, tail: Buffer.from(body.subarray(tail)) },
  };
}

/** The same place, or that of the character that it stands in: RFC 3629 gives one four bytes at most. */
function beginningAt(bytes: Buffer, place: number): number {
  const isWithin = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80;
  return [0, 1, 2, 3].map((back) => place - back).find((at) => !isWithin(at)) ?? place;
}
