import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMAND } from '../../src/slack/ids.ts';
import { SUBCOMMANDS } from '../../src/slack/listeners/commands/table.ts';
import { read } from '../support/project/sources.ts';

const TEXT = read('manifest.yml');
const manifest: unknown = parse(TEXT);

/** The manifest with the changes made that its comments marked "HTTP mode" ask for. */
function forHttp(): unknown {
  const lines = TEXT.split('\n');
  const changed = lines.flatMap((line, index) => {
    const before = lines[index - 1] ?? '';
    // The line below "HTTP mode:" loses its mark; the one below "HTTP mode: false" gets that value.
    if (/# HTTP mode:\s*$/.test(before)) return [line.replace('# ', '')];
    const value = /# HTTP mode: (\S+)$/.exec(before)?.[1];
    return value === undefined ? [line] : [line.replace(/:.*/, `: ${value}`)];
  });
  return parse(changed.join('\n'));
}

describe('the manifest', () => {
  it('asks for these scopes and no others', () => {
    expect(manifest).toMatchObject({ oauth_config: { scopes: expect.anything() } });
    expect(Object(manifest).oauth_config).toEqual({
      scopes: {
        bot: ['commands', 'chat:write', 'channels:read', 'groups:read', 'channels:history', 'groups:history'],
      },
    });
  });

  it('has Slack reach the bot over a socket, for commands, buttons and dialogs', () => {
    expect(Object(manifest).settings).toEqual({
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    });
  });

  it('has the one command, with what it does and how it is typed', () => {
    const commands: unknown = Object(manifest).features.slash_commands;
    expect(commands).toEqual([
      {
        command: COMMAND,
        description: expect.stringMatching(/\S/),
        usage_hint: expect.stringMatching(/\S/),
        should_escape: true,
      },
    ]);
  });

  it('hints at each command that is for everybody, and at no other', () => {
    const hint = String(Object(manifest).features.slash_commands[0].usage_hint)
      .replace(/^\[|\]$/g, '')
      .split(' | ');
    const forAll = SUBCOMMANDS.filter(({ who }) => who === 'anyone').map(({ usage }) => usage);
    expect(hint).toEqual(forAll);
  });

  it('keeps within Slack’s limits', () => {
    const { display_information: about, features } = Object(manifest);
    // Source: docs.slack.dev, app manifest reference.
    expect(about.name.length).toBeLessThanOrEqual(35);
    expect(about.description.length).toBeLessThanOrEqual(140);
    expect(about.background_color).toMatch(/^#[0-9a-f]{6}$/);
    expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(features.slash_commands[0].description.length).toBeLessThanOrEqual(2000);
    expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1000);
  });

  it('becomes one for HTTP mode by the changes that its comments ask for', () => {
    const address = 'https://prizedraw.example.com/slack/events';
    const http = Object(forHttp());
    expect(http.features.slash_commands[0].url).toBe(address);
    expect(http.settings).toMatchObject({
      interactivity: { is_enabled: true, request_url: address },
      socket_mode_enabled: false,
    });
    delete http.features.slash_commands[0].url;
    delete http.settings.interactivity.request_url;
    http.settings.socket_mode_enabled = true;
    expect(http).toEqual(manifest);
  });
});
