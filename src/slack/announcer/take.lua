-- Takes the lease, unless another process holds it. Each turn has a number of its own, higher than any before.
-- KEYS: lease, number of the last turn
-- ARGV: holder, milliseconds
-- Replies: the turn, 'holder number'; '' when another process has it
local held = redis.call('GET', KEYS[1])
if held and string.sub(held, 1, #ARGV[1]) ~= ARGV[1] then return '' end
local turn = ARGV[1] .. ' ' .. redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], turn, 'PX', ARGV[2])
return turn
