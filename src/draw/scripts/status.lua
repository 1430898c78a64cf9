-- Everything about the draw that a status shows, as it is at one moment.
-- KEYS: is_open, prizes, entrants, winners, login_of, draw_id
-- ARGV: member ('' if nobody asks)
-- Replies: {state, milliseconds until it closes (below 0: no timer), number of entrants, prizes,
--           login that the member entered or '', 1 if it is among the entrants, ID of the draw the bot started last or ''}
local login = ARGV[1] ~= '' and redis.call('HGET', KEYS[5], ARGV[1]) or ''
return {
  draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4]),
  redis.call('PTTL', KEYS[1]),
  redis.call('SCARD', KEYS[3]),
  redis.call('SMEMBERS', KEYS[2]),
  login,
  redis.call('SISMEMBER', KEYS[3], login),
  redis.call('GET', KEYS[6]) or '',
}
