-- Enters a login, only if the draw is open at this very moment. The profile is taken from the arguments, else from the
-- cache; a login whose profile is in neither is not entered.
-- KEYS: is_open, prizes, entrants, winners, the login's profile, member_of, login_of, commitment
-- ARGV: deadline, login, GitHub's JSON for it ('' to use the cached one), seconds to cache it, member ('' if unknown),
--       how many logins a member may enter (0: any number)
-- Replies: {'entered', json} | {'already_in', json or ''} | {'enough', logins, separated by spaces} | {'profile_needed'} | {'organisation'}
--          | {'not_open', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if state ~= 'DRAW_OPEN_NO_ENTRANTS' and state ~= 'DRAW_OPEN_WITH_ENTRANTS' then return { 'not_open', state } end
-- Open only because a draw that is being picked cannot be closed while an earlier one's winners are there.
if redis.call('EXISTS', KEYS[4]) == 1 and redis.call('EXISTS', KEYS[8]) == 1 then
  return { 'not_open', 'DRAW_CLOSED_WITH_ENTRANTS' }
end

local cached = redis.call('GET', KEYS[5]) or ''
if redis.call('SISMEMBER', KEYS[3], ARGV[2]) == 1 then return { 'already_in', cached } end

local mine = {}
if ARGV[5] ~= '' then
  -- Fewer entrants than we know of: another program has begun a new draw.
  if redis.call('SCARD', KEYS[3]) < redis.call('HLEN', KEYS[6]) then redis.call('DEL', KEYS[6], KEYS[7]) end
  for login in string.gmatch(redis.call('HGET', KEYS[7], ARGV[5]) or '', '%S+') do
    if redis.call('SISMEMBER', KEYS[3], login) == 1 then mine[#mine + 1] = login end
  end
  if ARGV[6] ~= '0' and #mine >= tonumber(ARGV[6]) then return { 'enough', table.concat(mine, ' ') } end
end

local json = ARGV[3]
if json == '' then
  -- Another program may have cached anything; what is no user's JSON does not count as a profile. In JSON, a quote
  -- inside a text is written \", so neither pattern can match within somebody's biography.
  if string.find(cached, '"type"%s*:%s*"Organization"') then return { 'organisation' } end
  if not string.find(cached, '"login"%s*:%s*"') then return { 'profile_needed' } end
  json = cached
else
  redis.call('SET', KEYS[5], json, 'EX', ARGV[4])
end
redis.call('SADD', KEYS[3], ARGV[2])
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[6], ARGV[2], ARGV[5])
  mine[#mine + 1] = ARGV[2]
  redis.call('HSET', KEYS[7], ARGV[5], table.concat(mine, ' '))
end
return { 'entered', json }
