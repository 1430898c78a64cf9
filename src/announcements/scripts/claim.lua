-- Takes draws on which there is something to do now. Each is planned anew for later, in case that whoever takes it
-- crashes; a step that is taken meanwhile plans it sooner.
-- K: due
-- A: most, hold (milliseconds until a draw is due again)
-- Replies: {milliseconds until the next draw is due (-1: none is planned), by when those that were taken are planned, their IDs}
local time = redis.call('TIME')
-- As 1000.0, it does not overflow where whole numbers have 32 bits.
local now = time[1] * 1000.0 + math.floor(time[2] / 1000)
local until_then = string.format('%.0f', now + A.hold)
local ids = redis.call('ZRANGEBYSCORE', K.due, '-inf', string.format('%.0f', now), 'LIMIT', 0, A.most)
for _, id in ipairs(ids) do redis.call('ZADD', K.due, until_then, id) end
local first = redis.call('ZRANGE', K.due, 0, 0, 'WITHSCORES')[2]
return { first and string.format('%.0f', math.max(0, first - now)) or '-1', until_then, ids }
