-- Closes a draw that is to be picked, so that nobody enters any more; or only looks whether it can be picked.
-- KEYS: is_open, prizes, entrants, winners
-- ARGV: deadline, 1 if it may be closed, 0 if it must be closed already, 1 to close it, 0 to look
-- Replies: {'ready'} | {'refused', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local refused = not_pickable(KEYS[1], KEYS[2], KEYS[3], KEYS[4], ARGV[2] == '1')
if refused then return { 'refused', refused } end
if ARGV[3] == '1' then close_for_pick(KEYS[1], KEYS[4]) end
return { 'ready' }
