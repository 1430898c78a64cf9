-- Has every draw that is planned looked at now: Redis's clock was set, and what is planned by it may come much too late.
-- K: due
-- A: none
-- Replies: how many there are
local time = redis.call('TIME')
-- As 1000.0, it does not overflow where whole numbers have 32 bits.
local now = string.format('%.0f', time[1] * 1000.0 + math.floor(time[2] / 1000))
local ids = redis.call('ZRANGE', K.due, 0, -1)
for _, id in ipairs(ids) do redis.call('ZADD', K.due, now, id) end
return #ids
