import { created, mediaType, propertyNames } from '../../schemas/operation.ts';
import type { Answer, Traits } from './answer.ts';
import { type Context, type Finding, isCreate } from './requirement.ts';
import { noResponse } from './scopes.ts';

/** A trait of the answers to creates: what is right whatever plain creates show, and the finding where an answer has another. */
interface Row {
  readonly trait: keyof Traits;
  readonly right: string;
  readonly otherwise: (answer: Answer) => Finding;
}

// biome-ignore format: a row a line
const rows: readonly Row[] = [
  { trait: 'status', right: String(created.status), otherwise: otherStatus },
  { trait: 'mediaType', right: mediaType, otherwise: () => ({ received: 'another media type', part: 'header', header: 'content-type' }) },
  { trait: 'properties', right: propertyNames.join(', '), otherwise: () => ({ received: 'other properties', part: 'body' }) },
  { trait: 'instant', right: 'the instant', otherwise: ({ requestCase }) => ({ received: 'another instant', detail: `sent ${requestCase.deletedDateTime}`, part: 'body' }) },
  { trait: 'echo', right: 'its own id', otherwise: () => ({ received: 'the client-request-id of another request', part: 'header', header: 'client-request-id' }) },
];

function otherStatus(answer: Answer): Finding {
  const { status, failure } = answer;
  const { detail: _, ...silent } = noResponse(answer) ?? { received: 'no whole response' };
  if (status === undefined || failure !== undefined) return silent;
  return { status, received: String(status), part: 'status' };
}

/** The first trait in which an answer is neither right nor like that to a plain create on its route; undefined: there is none. */
export function differenceFromPlain(answer: Answer, { answers }: Context): Finding | undefined {
  const plain = answers.filter(
    ({ requestCase }) => isCreate(requestCase) && requestCase.route === answer.requestCase.route,
  );
  for (const { trait, right, otherwise } of rows) {
    const shown = answer.traits[trait];
    const seen = new Set(plain.flatMap(({ traits }) => traits[trait] ?? []));
    if (shown === undefined || shown === right || seen.size === 0 || seen.has(shown)) continue;
    const finding = otherwise(answer);
    const usual = `plain creates: ${[...seen].sort().join(' or ')}`;
    return { ...finding, detail: [finding.detail, usual].filter(Boolean).join('; ') };
  }
  return undefined;
}
