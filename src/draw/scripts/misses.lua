-- Put in front of the scripts that count a member's look-ups which find nobody.

-- Counts a look-up as a miss until it finds somebody, so that many at once are bounded too. Without a member, none is counted.
-- K: misses (of the member)
-- A: member, most_misses, misses_ttl (milliseconds after which a member's misses are forgotten, from the first one on)
-- Returns {'profile_needed', milliseconds until the member's earlier misses are forgotten (0: there are none)}
--         | {'missed_too_often', the same}
local function begin_look_up()
  if A.member == '' then return { 'profile_needed', 0 } end
  local missed = tonumber(redis.call('GET', K.misses) or 0)
  local left = redis.call('PTTL', K.misses)
  if left > 0 and missed >= tonumber(A.most_misses) then return { 'missed_too_often', left } end
  redis.call('INCR', K.misses)
  if left < 0 then redis.call('PEXPIRE', K.misses, A.misses_ttl) end
  return { 'profile_needed', missed > 0 and math.max(left, 0) or 0 }
end

-- Takes a look-up back that was counted: it found somebody, or nobody answered.
local function forgive_look_up()
  if redis.call('EXISTS', K.misses) == 1 and redis.call('DECR', K.misses) <= 0 then redis.call('DEL', K.misses) end
end
