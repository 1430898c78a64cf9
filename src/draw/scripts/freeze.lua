-- Closes a draw that is to be picked, so that nobody enters any more.
-- KEYS: is_open, prizes, entrants, winners
-- ARGV: deadline, 1 if it may be closed, 0 if it must be closed already
-- Replies: {'frozen'} | {'refused', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local open = redis.call('EXISTS', KEYS[1]) == 1
if redis.call('EXISTS', KEYS[2]) == 0 or redis.call('EXISTS', KEYS[3]) == 0 or (state == 'DRAW_WON' and not open) then
  return { 'refused', state }
end
if open and ARGV[2] ~= '1' then return { 'refused', state } end
-- With winners of an earlier draw still there, a closed draw would count as over; it is closed by the pick itself.
if redis.call('EXISTS', KEYS[4]) == 0 then redis.call('DEL', KEYS[1]) end
return { 'frozen' }
