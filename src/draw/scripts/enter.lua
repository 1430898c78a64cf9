-- Enters a login, only if the draw is open at this very moment. The profile is taken from the arguments, else from the
-- cache; a login whose profile is in neither is not entered.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of, login_of, commitment, profile
--    (the login's), misses (the member's), removed
-- A: deadline, channel, draw, version (of `draws`, if the draw was chosen by it; else ''), login, json (GitHub's for it;
--    '' to use the cached one), ttl (of the cache, in seconds), member ('' if unknown), limit (how many logins a member
--    may enter; 0: any number), count_within (milliseconds within which the worker counts the entrants anew), found (1 the
--    first time that a look-up's json is given), most_misses, misses_ttl (see misses.lua)
-- Replies: {'entered', json} | {'already_in', json or '', member who entered it or ''}
--          | {'enough', logins, separated by spaces} | {'organisation'} | {'removed'}: an organiser took it out of this
--            draw | {'not_open', state}
--          | {'profile_needed' or 'missed_too_often', milliseconds until the member's misses are forgotten}
--          | {'stale'}: draws have begun or ended since that version | {'moved'} | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
if A.found == '1' and A.member ~= '' then forgive_look_up() end
if moved() then return { 'moved' } end
if A.version ~= '' and (redis.call('GET', K.draws_version) or '0') ~= A.version then return { 'stale' } end
local state = draw_state()
if state ~= 'DRAW_OPEN_NO_ENTRANTS' and state ~= 'DRAW_OPEN_WITH_ENTRANTS' then return { 'not_open', state } end
if unobserved() then return { 'unobserved' } end
-- Open only because a draw that is being picked cannot be closed while an earlier one's winners are there.
if redis.call('EXISTS', K.winners) == 1 and redis.call('EXISTS', K.commitment) == 1 then
  return { 'not_open', 'DRAW_CLOSED_WITH_ENTRANTS' }
end

if redis.call('SISMEMBER', K.removed, A.login) == 1 then return { 'removed' } end

local cached = redis.call('GET', K.profile) or ''
if redis.call('SISMEMBER', K.entrants, A.login) == 1 then
  return { 'already_in', cached, redis.call('HGET', K.member_of, A.login) or '' }
end

local mine = {}
if A.member ~= '' then
  for login in string.gmatch(redis.call('HGET', K.login_of, A.member) or '', '%S+') do
    if redis.call('SISMEMBER', K.entrants, login) == 1 then mine[#mine + 1] = login end
  end
  if A.limit ~= '0' and #mine >= tonumber(A.limit) then return { 'enough', table.concat(mine, ' ') } end
end

local json = A.json
if json == '' then
  -- Another program may have cached anything; what is no user's JSON does not count as a profile. In JSON, a quote
  -- inside a text is written \", so neither pattern can match within somebody's biography.
  if string.find(cached, '"type"%s*:%s*"Organization"') then return { 'organisation' } end
  if not string.find(cached, '"login"%s*:%s*"') then return begin_look_up() end
  json = cached
else
  redis.call('SET', K.profile, json, 'EX', A.ttl)
end
redis.call('SADD', K.entrants, A.login)
if A.member ~= '' then
  redis.call('HSET', K.member_of, A.login, A.member)
  mine[#mine + 1] = A.login
  redis.call('HSET', K.login_of, A.member, table.concat(mine, ' '))
end
look_at(A.draw, ms_text(now_ms() + A.count_within))
return { 'entered', json }
