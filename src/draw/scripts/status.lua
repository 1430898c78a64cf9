-- Everything about the draw that a status shows, as it is at one moment.
-- KEYS: is_open, prizes, entrants, winners, login_of, draw_id, commitment
-- ARGV: member ('' if nobody asks)
-- Replies: {state, milliseconds until it closes (below 0: no timer), number of entrants, prizes,
--           logins that the member entered, those of them that are among the entrants (both separated by spaces),
--           ID of the draw the bot started last or '', what has been laid down for a pick as JSON or ''}
local logins = ARGV[1] ~= '' and redis.call('HGET', KEYS[5], ARGV[1]) or ''
local entered = {}
for login in string.gmatch(logins, '%S+') do
  if redis.call('SISMEMBER', KEYS[3], login) == 1 then entered[#entered + 1] = login end
end
return {
  draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4]),
  redis.call('PTTL', KEYS[1]),
  redis.call('SCARD', KEYS[3]),
  redis.call('SMEMBERS', KEYS[2]),
  logins,
  table.concat(entered, ' '),
  redis.call('GET', KEYS[6]) or '',
  redis.call('GET', KEYS[7]) or '',
}
