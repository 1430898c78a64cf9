-- Plans when to look at a draw again.
-- K: due
-- A: draw, claimed (by when it was planned when it was taken; '' where it was not taken), wait (milliseconds; '' for never)
-- Replies: 'planned' | 'sooner': a step has planned it for sooner meanwhile, or may have
local planned = redis.call('ZSCORE', K.due, A.draw)
local time = redis.call('TIME')
-- As 1000.0, it does not overflow where whole numbers have 32 bits.
local now = time[1] * 1000.0 + math.floor(time[2] / 1000)
if A.claimed ~= '' and planned and tonumber(planned) < tonumber(A.claimed) then return 'sooner' end
if A.claimed ~= '' and now >= tonumber(A.claimed) then
  -- It took longer than it was held: a step since then found it planned for a time that had passed, and left it so.
  redis.call('ZADD', K.due, string.format('%.0f', now), A.draw)
  return 'sooner'
end
if A.wait == '' then
  redis.call('ZREM', K.due, A.draw)
  return 'planned'
end
local at = now + math.ceil(tonumber(A.wait))
if A.claimed == '' and planned and tonumber(planned) <= at then return 'sooner' end
redis.call('ZADD', K.due, string.format('%.0f', at), A.draw)
return 'planned'
