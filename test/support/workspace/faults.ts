import type { Fields } from './json.ts';

/** What can go wrong with a call: late, an error's answer, no answer, cut off before or after it took effect. */
export type Fault =
  | { readonly kind: 'delay'; readonly ms: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Fields;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'lose_answer' };

/** Says which calls a fault befalls, from the path with its query, such as `/api/chat.postMessage`, and the body. */
export type Match = (path: string, body: Fields) => boolean;

/** The faults in force. */
export interface Faults {
  add(match: Match, fault: Fault, times?: number): () => void;
  take(path: string, body: Fields): Fault | undefined;
}

/** Starts a list of faults; of several that match a call, the first that was added befalls it. */
export function faults(): Faults {
  const rules: { match: Match; fault: Fault; left: number }[] = [];
  return {
    add(match, fault, times = Number.POSITIVE_INFINITY) {
      const rule = { match, fault, left: times };
      rules.push(rule);
      return () => {
        rule.left = 0;
      };
    },
    take(path, body) {
      const rule = rules.find(({ left, match }) => left > 0 && match(path, body));
      if (rule) rule.left -= 1;
      return rule?.fault;
    },
  };
}
