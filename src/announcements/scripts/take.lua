-- Takes the lease, unless another process holds it. Each turn has a number of its own, higher than any before.
-- K: lease, turns
-- A: holder, milliseconds
-- Replies: the turn, 'holder number'; '' when another process has it
local held = redis.call('GET', K.lease)
if held and string.sub(held, 1, #A.holder) ~= A.holder then return '' end
local turn = A.holder .. ' ' .. redis.call('INCR', K.turns)
redis.call('SET', K.lease, turn, 'PX', A.milliseconds)
return turn
