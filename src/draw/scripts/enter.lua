-- Enters a login, only if the draw is open at this very moment. The profile is taken from the arguments, else from the
-- cache; a login whose profile is in neither is not entered.
-- KEYS: is_open, prizes, entrants, winners, the login's profile, member_of, login_of
-- ARGV: deadline, login, GitHub's JSON for it ('' to use the cached one), seconds to cache it, member ('' if unknown)
-- Replies: {'entered', json} | {'already_in', json or ''} | {'profile_needed'} | {'organisation'} | {'not_open', state}
--          | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if state ~= 'DRAW_OPEN_NO_ENTRANTS' and state ~= 'DRAW_OPEN_WITH_ENTRANTS' then return { 'not_open', state } end

local cached = redis.call('GET', KEYS[5]) or ''
if redis.call('SISMEMBER', KEYS[3], ARGV[2]) == 1 then return { 'already_in', cached } end

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
  redis.call('HSET', KEYS[7], ARGV[5], ARGV[2])
end
return { 'entered', json }
