-- Lays down who takes part in a pick, for what, and what decides, and closes the draw; unless somebody else has. Sent in a
-- transaction that watches prizes and entrants.
-- KEYS: is_open, prizes, entrants, winners, commitment, copy of the entrants
-- ARGV: deadline, 1 if the draw may be closed, 0 if it must be closed already, the commitment as JSON
-- Replies: {'committed'} | {'taken'} | {'refused', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local refused = not_pickable(KEYS[1], KEYS[2], KEYS[3], KEYS[4], ARGV[2] == '1')
if refused then return { 'refused', refused } end
if redis.call('EXISTS', KEYS[5]) == 1 then return { 'taken' } end
-- First what Redis refuses when it is full: nothing is half done then.
redis.call('SET', KEYS[5], ARGV[3])
-- For a week: a bot that was away for longer begins again.
redis.call('EXPIRE', KEYS[6], 7 * 86400)
close_for_pick(KEYS[1], KEYS[4])
return { 'committed' }
