import type { Answer, Exchange } from '../../schemas/files/recording.ts';
import { isObject, jsonOf, mediaTypesText, metadataOf, show } from '../requirements/match/body.ts';
import { type Telling, telling } from './fact.ts';
import { type Around, depth, shapeOf } from './normalise-body.ts';
import { headersOf } from './normalise-headers.ts';

/**
 * Everything that two answers to the same call are compared by. `root`: the service root that was
 * asked; `seen`: the ids that earlier creates were given there.
 */
export function tellingsOf(
  exchange: Exchange,
  { root, seen }: Pick<Around, 'root' | 'seen'>,
): Telling[] {
  const { answer, failure } = exchange;
  if (answer === undefined || failure !== undefined)
    return [telling('status', '', `no whole answer: ${failure?.kind ?? 'none'}`)];
  const json = jsonOf(answer);
  const value = 'value' in json ? json.value : undefined;
  const empty = answer.body.length === 0;
  return [
    telling('status', '', String(answer.status)),
    ...(empty ? [] : mediaTypesOf(answer)),
    ...(answer.status >= 400 ? codesOf(value) : []),
    ...headersOf(exchange, root),
    ...('fault' in json
      ? [telling('body', '', empty ? 'empty' : json.fault)]
      : shapeOf(value, '', { exchange, root, seen })),
  ];
}

function mediaTypesOf(answer: Answer): Telling[] {
  const types = mediaTypesText(answer) ?? 'none';
  // OData JSON 3.1: who does not say how much metadata there is sends the minimal amount.
  const metadata = metadataOf({ answer }) ?? 'minimal';
  return [telling('media type', '', types), telling('media type', 'metadata', metadata)];
}

/** The code that a client branches on, and the more specific ones that the service nests below it. */
function codesOf(value: unknown): Telling[] {
  const error = isObject(value) ? value.error : undefined;
  if (!isObject(error)) return [];
  return [telling('error code', '', show(error.code)), ...nestedCodes(error, '', 1)];
}

function nestedCodes(error: Record<string, unknown>, path: string, level: number): Telling[] {
  if (level > depth) return [];
  return Object.entries(error).flatMap(([name, value]) => {
    const below = `${path}${name}`;
    if (!/^(innererror|details)$/i.test(name)) return [];
    return [value]
      .flat()
      .filter(isObject)
      .flatMap((inner) => [
        ...('code' in inner ? [telling('error code', `${below}.code`, show(inner.code))] : []),
        ...nestedCodes(inner, `${below}.`, level + 1),
      ]);
  });
}
