-- Takes the lease, unless another process holds it. Each turn has a number of its own, higher than any before.
-- K: lease, turns, settings
-- A: holder, milliseconds; from REST on name, value, … of the settings that all processes must have in common
-- Replies: {'taken', the turn, 'holder number'} | {'held'}: another process has it | {'differs'}: other settings are in use
if #differing() > 0 then return { 'differs' } end
local held = redis.call('GET', K.lease)
if held and string.sub(held, 1, #A.holder) ~= A.holder then return { 'held' } end
local turn = A.holder .. ' ' .. redis.call('INCR', K.turns)
redis.call('SET', K.lease, turn, 'PX', A.milliseconds)
return { 'taken', turn }
