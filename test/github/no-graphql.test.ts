import { describe, expect, it } from 'vitest';
import type { LookupOutcome } from '../../src/draw/types.ts';
import type { GitHub } from '../../src/github/client.ts';
import {
  type Answer,
  answers,
  Clock,
  clientOf,
  graphql,
  hang,
  reset,
  standInForEach,
  userJson,
} from '../support/stand-ins/github-api.ts';

const standIn = standInForEach();

const { time: NOW } = new Clock();
const client = () => clientOf(standIn, { token: 'ghp_abc' });
const both = (github: GitHub): Promise<LookupOutcome[]> =>
  Promise.all(['ada', 'grace'].map((login) => github.lookUp(login)));
const kinds = (outcomes: readonly LookupOutcome[]): string[] => outcomes.map(({ kind }) => kind);
/** How many requests each API got. */
const asked = () => {
  const rest = standIn.requests.filter(({ path }) => path.startsWith('/users/')).length;
  return { rest, graphql: standIn.requests.length - rest };
};

describe('GraphQL does not answer', () => {
  it.each([404, 405, 501])('%i, so it is not asked for ten minutes', async (status) => {
    standIn.graphql = answers(status, '{"message":"Not Found"}');
    const { github, clock } = client();
    for (const time of [0, 599_999]) {
      clock.time = NOW + time;
      expect(kinds(await both(github))).toEqual(['found', 'found']);
    }
    expect(asked()).toEqual({ rest: 4, graphql: 1 });
    clock.time += 1;
    standIn.graphql = graphql((login) => userJson(login));
    await both(github);
    expect(asked()).toEqual({ rest: 4, graphql: 2 });
    await github.close();
  });

  it.each<[string, Answer]>([
    ['502', answers(502, '<html>Bad gateway</html>')],
    ['403 for another reason', answers(403, '{"message":"Forbidden"}')],
    ['something that is not JSON', answers(200, '<html>Sign in</html>')],
    ['half an answer', answers(200, '{"data":{"u0":')],
    ['JSON that is no answer', answers(200, '[]')],
    ['a connection that ends', reset],
  ])(
    'but with %s: each goes by REST, and after three times GraphQL is left alone for a while',
    async (_what, answer) => {
      standIn.graphql = answer;
      const { github, clock, lines } = client();
      for (let time = 0; time < 3; time++) expect(kinds(await both(github))).toEqual(['found', 'found']);
      expect(asked()).toEqual({ rest: 6, graphql: 3 });
      await both(github);
      expect(asked()).toEqual({ rest: 8, graphql: 3 });
      expect(lines).toHaveLength(3);
      expect(lines.join()).not.toContain('ghp_abc');
      clock.time += 30_000;
      standIn.graphql = graphql((login) => userJson(login));
      await both(github);
      expect(asked()).toEqual({ rest: 8, graphql: 4 });
      await github.close();
    },
  );

  it('for two thirds of the time: then each goes by REST', async () => {
    standIn.graphql = hang;
    const { github } = client();
    expect(kinds(await both(github))).toEqual(['found', 'found']);
    expect(asked()).toEqual({ rest: 2, graphql: 1 });
    await github.close();
  });

  it('and REST neither: unreachable, within about three seconds', async () => {
    standIn.graphql = hang;
    standIn.answer = hang;
    const { github } = client();
    const begun = performance.now();
    expect(kinds(await both(github))).toEqual(['unreachable', 'unreachable']);
    expect(performance.now() - begun).toBeGreaterThan(2900);
    await github.close();
  });

  it('as it refuses the token, which is a fault of ours', async () => {
    standIn.graphql = answers(401, '{"message":"Bad credentials"}');
    const { github } = client();
    const settled = await Promise.allSettled(['ada', 'grace'].map((login) => github.lookUp(login)));
    for (const outcome of settled) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'GitHubTokenRefused' } });
    }
    expect(asked()).toEqual({ rest: 0, graphql: 1 });
    await github.close();
  });

  it('for all of a hundred, so fewer are asked for at once', async () => {
    const tooMuch = [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['u99'], message: 'Resource limits exceeded.' }];
    standIn.graphql = answers(200, JSON.stringify({ data: { u99: null }, errors: tooMuch }));
    const { github } = client();
    const hundred = async (): Promise<string[]> =>
      kinds(await Promise.all(Array.from({ length: 100 }, (_, index) => github.lookUp(`user${index}`))));
    expect(new Set(await hundred())).toEqual(new Set(['found']));
    standIn.graphql = graphql((login) => userJson(login));
    expect(new Set(await hundred())).toEqual(new Set(['found']));
    expect(standIn.requests.flatMap(({ logins }) => (logins ? [logins.length] : []))).toEqual([100, 50, 50]);
    await github.close();
  });
});
