-- Has other settings be in use from now on. Whoever is announcing with the old ones loses the turn at once.
-- K: settings, lease
-- A: may_set (see differing.lua); from REST on name, value, …
-- Replies: {'differing', name, value that was in use, …}
local before = differing()
for i = REST, #ARGV, 2 do redis.call('HSET', K.settings, ARGV[i], ARGV[i + 1]) end
if #before > 0 then redis.call('DEL', K.lease) end
return { 'differing', unpack(before) }
