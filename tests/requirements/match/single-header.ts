import type { Answer } from '../answer.ts';
import { show } from './excerpt.ts';

/** Checks a header that has one value (RFC 9110 §5.3), the same wherever it is repeated. */
export function headerCheck<Context>(
  name: string,
  holds: (value: string, answer: Answer, context: Context) => boolean,
) {
  return (answer: Answer, context: Context) => {
    const [value, ...others] = new Set(answer.header(name));
    if (value === undefined) return { received: `no ${name}` };
    const detail = show(value);
    if (others.length > 0) return { received: `${others.length + 1} values`, detail };
    return holds(value, answer, context) ? undefined : { received: 'another value', detail };
  };
}
