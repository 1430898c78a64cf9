/**
 * GitHub's rule for user names: letters, digits and single hyphens, neither first nor last, 39 characters at most.
 * Source: the sign-up form of github.com, "Username may only contain alphanumeric characters or single hyphens, and
 * cannot begin or end with a hyphen".
 */
const LOGIN = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i;

/** Slack's own form of a link or a mention, `<target>` or `<target|label>`. */
const SLACK_LINK = /^<([^<>|]+)(\|[^<>]*)?>$/;
const SLACK_USER = /^@[UW][A-Z\d]{5,}$/;
const GITHUB_ADDRESS = /^(?:https?:\/\/)?(?:www\.)?github\.com\/([^/?#]+)\/?(?:[?#].*)?$/i;

/**
 * Reads a GitHub ID as people paste it: `octocat`, `@octocat`, `github.com/octocat`, a full address, each of them also
 * inside Slack's `<…|…>`.
 * @param typed the text as Slack sent it, its entities not yet decoded (so that a typed `<` is not taken for a link)
 * @returns the login in lower case, or undefined when it cannot be one
 */
export function parseLogin(typed: string): string | undefined {
  const address = unwrapSlackLink(typed.trim());
  const name = GITHUB_ADDRESS.exec(address)?.[1] ?? address.replace(/^@/, '');
  return LOGIN.test(name) ? name.toLowerCase() : undefined;
}

/** Whether a string that another program may have written is a login, in any case. */
export function isLogin(text: string): boolean {
  return LOGIN.test(text);
}

function unwrapSlackLink(text: string): string {
  const link = SLACK_LINK.exec(text);
  const target = link?.[1];
  if (target === undefined) return text;
  const label = link?.[2]?.slice(1);
  // Slack turns "@octocat" into a mention when a member has that handle; the label is what was typed.
  if (SLACK_USER.test(target)) return label ?? '';
  return label !== undefined || GITHUB_ADDRESS.test(target) ? target : text;
}
