-- Reads the shared keys of a channel's draw and what the record says of it, as they are at one moment.
-- K: is_open, prizes, entrants, winners, draws, record, member_of, won
-- A: channel, draw
-- Replies: {'moved'} | {'snapshot', milliseconds until it closes (-1: no timer, -2: not open), prizes, number of
--          entrants, number of entrants that members entered through the bot, number of those who are still in (counted only
--          where there are fewer than there must be), winners as HGETALL gives them, the record as HGETALL gives it, the winners in the record as HGETALL gives them, the time in milliseconds since the epoch}
if moved() then return { 'moved' } end
local by_members = redis.call('HLEN', K.member_of)
local still_in = by_members
if has_fewer_entrants() then
  still_in = 0
  for _, login in ipairs(redis.call('HKEYS', K.member_of)) do
    still_in = still_in + redis.call('SISMEMBER', K.entrants, login)
  end
end
return {
  'snapshot',
  redis.call('PTTL', K.is_open),
  redis.call('SMEMBERS', K.prizes),
  redis.call('SCARD', K.entrants),
  by_members,
  still_in,
  redis.call('HGETALL', K.winners),
  redis.call('HGETALL', K.record),
  redis.call('HGETALL', K.won),
  now_ms(),
}
