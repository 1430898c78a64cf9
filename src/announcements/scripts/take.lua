-- Takes the lease, unless another process holds it. Each turn has a number of its own, higher than any before.
-- K: lease, turns, settings
-- A: holder, milliseconds, may_set (see differing.lua); from REST on name, value, … of the settings that all processes must have in common
-- Replies: {'taken', the turn, 'holder number'} | {'held'}: another process has it | {'differs'}: other settings are in use
if #differing() > 0 then return { 'differs' } end
local held = redis.call('GET', K.lease)
-- One that seems to be held for longer than anybody may hold it is from before Redis's clock was set back.
local is_held = held and redis.call('PTTL', K.lease) <= tonumber(A.milliseconds)
if is_held and string.sub(held, 1, #A.holder) ~= A.holder then return { 'held' } end
local turn = A.holder .. ' ' .. redis.call('INCR', K.turns)
redis.call('SET', K.lease, turn, 'PX', A.milliseconds)
return { 'taken', turn }
