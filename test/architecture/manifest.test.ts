import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { COMMAND } from '../../src/slack/ids.ts';
import { SUBCOMMANDS } from '../../src/slack/listeners/commands/table.ts';
import { read } from '../support/project/sources.ts';

const TEXT = read('manifest.yml');
const manifest: unknown = parse(TEXT);

const address = (longest: number) =>
  z
    .string()
    .regex(/^https?:\/\//)
    .max(longest);

/**
 * The rules of Slack for the parts that ours uses; what is not here is refused. Source: github.com/slackapi/manifest-schema,
 * schemas/manifest.schema.1.0.0.json.
 */
const SCHEMA = z.strictObject({
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140).optional(),
    background_color: z
      .string()
      .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
      .optional(),
  }),
  features: z.strictObject({
    app_home: z
      .strictObject({
        home_tab_enabled: z.boolean().optional(),
        messages_tab_enabled: z.boolean().optional(),
        messages_tab_read_only_enabled: z.boolean().optional(),
      })
      .optional(),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean().optional() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().min(2).max(32).startsWith('/'),
          url: address(3000).optional(),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().min(1).max(1000).optional(),
          should_escape: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string().max(50)).max(255) }) }),
  settings: z.strictObject({
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: address(3500).optional() }),
    org_deploy_enabled: z.boolean().optional(),
    socket_mode_enabled: z.boolean().optional(),
    token_rotation_enabled: z.boolean().optional(),
  }),
});

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
      org_deploy_enabled: true,
      token_rotation_enabled: false,
    });
  });

  it('lets the bot send direct messages, and nobody write to it', () => {
    const { app_home } = Object(manifest).features;
    expect(app_home).toEqual({ messages_tab_enabled: true, messages_tab_read_only_enabled: true });
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

  it('is one by Slack’s published schema, also with the changes for HTTP mode', () => {
    expect(SCHEMA.safeParse(manifest).error).toBeUndefined();
    expect(SCHEMA.safeParse(forHttp()).error).toBeUndefined();
    // The schema would notice a word that is written wrong.
    const settings = { ...Object(manifest).settings, org_deploy_enable: true };
    expect(SCHEMA.safeParse({ ...Object(manifest), settings }).success).toBe(false);
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
