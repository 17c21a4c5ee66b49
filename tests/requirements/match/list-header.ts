import { type Header, headerValues } from '../../../schemas/files/recording.ts';
import { divided } from './divided.ts';

/** The members of a header that is a list, over all its lines; empty ones do not count (RFC 9110 §5.3, §5.6.1). */
export function listMembers(headers: readonly Header[], name: string): string[] {
  return headerValues(headers, name)
    .flatMap(divided)
    .map((member) => member.trim())
    .filter((member) => member !== '');
}
