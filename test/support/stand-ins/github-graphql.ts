import { buildSchema, type DocumentNode, execute, parse, validate } from 'graphql';
import { z } from 'zod';
import { DOCUMENTED_USER } from './github-user.ts';

/** The part of GitHub's schema that tells of users. Source: docs.github.com, "Public schema". */
const SCHEMA = buildSchema(`
  scalar URI
  scalar DateTime
  interface RepositoryOwner {
    avatarUrl(size: Int): URI!
    id: ID!
    login: String!
    url: URI!
  }
  type Organization implements RepositoryOwner {
    avatarUrl(size: Int): URI!
    id: ID!
    login: String!
    url: URI!
  }
  type User implements RepositoryOwner {
    avatarUrl(size: Int): URI!
    bio: String
    company: String
    createdAt: DateTime!
    databaseId: Int
    email: String!
    id: ID!
    isHireable: Boolean!
    isSiteAdmin: Boolean!
    location: String
    login: String!
    name: String
    twitterUsername: String
    updatedAt: DateTime!
    url: URI!
    websiteUrl: URI
  }
  type Query {
    repositoryOwner(login: String!): RepositoryOwner
  }
`);

const request = z.object({ query: z.string(), variables: z.record(z.string(), z.string()) });

const account = z.looseObject({ login: z.string(), type: z.string().default('User') });

/** Tells what REST says of a login, as JSON; undefined: there is nobody of that name. */
export type FindAccount = (login: string) => Promise<string | undefined> | string | undefined;

/** The logins that a request asks for. */
export function loginsIn(body: string): string[] {
  return Object.values(request.parse(JSON.parse(body)).variables);
}

/**
 * Answers a request as GitHub does: whoever is nobody is null, and that is no error.
 * @returns the body of the answer
 */
export async function answerGraphql(body: string, find: FindAccount): Promise<string> {
  const { query, variables } = request.parse(JSON.parse(body));
  const document = documentOf(query);
  const problems = validate(SCHEMA, document);
  if (problems.length > 0) return JSON.stringify({ errors: problems });
  const repositoryOwner = async ({ login }: { readonly login: string }): Promise<unknown> => {
    const found = await find(login);
    return found === undefined ? null : ownerOf(found);
  };
  const rootValue = { repositoryOwner };
  return JSON.stringify(await execute({ schema: SCHEMA, document, rootValue, variableValues: variables }));
}

let last: { readonly query: string; readonly document: DocumentNode } | undefined;

/** The queries for the same number of users are the same. */
function documentOf(query: string): DocumentNode {
  last = last?.query === query ? last : { query, document: parse(query) };
  return last.document;
}

function ownerOf(json: string): unknown {
  const { type, ...given } = account.parse(JSON.parse(json));
  const rest = { ...DOCUMENTED_USER, ...given };
  return {
    __typename: type,
    login: rest.login,
    id: rest.node_id,
    databaseId: rest.id,
    avatarUrl: rest.avatar_url,
    url: rest.html_url,
    isSiteAdmin: rest.site_admin,
    name: rest.name,
    company: rest.company,
    websiteUrl: rest.blog,
    location: rest.location,
    isHireable: rest.hireable === true,
    bio: rest.bio,
    twitterUsername: rest.twitter_username,
    createdAt: rest.created_at,
    updatedAt: rest.updated_at,
  };
}
