-- Starts a draw, unless one is open or has closed with entrants who wait for the pick. The draw before is over then.
-- K: is_open, prizes, entrants, winners, winners_json, draws, draws_version, due, history; record, member_of, commitment
--    of the draw before; new_record
-- A: deadline, channel, draw (the one before, or ''), id, seconds (0: until closed by hand), closes_at (milliseconds
--    since the epoch, or ''), member (who starts it, or ''), prizes_json; from REST on the prizes
-- Replies: {'started'} | {'refused', state} | {'moved'} | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
local state = draw_state()
if state ~= 'NO_DRAW' and state ~= 'DRAW_WON' and state ~= 'DRAW_CLOSED_NO_ENTRANTS' then
  return { 'refused', state }
end
if moved() then return { 'moved' } end
if unobserved() then return { 'unobserved' } end
if A.draw ~= '' then
  local phase = redis.call('HGET', K.record, 'phase')
  if phase ~= 'won' and phase ~= 'cancelled' then set_phase(K.record, A.draw, 'replaced', '') end
  finish(K.record, A.draw)
  look_at(A.draw, now_ms())
end
redis.call('UNLINK', K.prizes, K.entrants, K.winners, K.winners_json, K.commitment)
for i = REST, #ARGV do redis.call('SADD', K.prizes, ARGV[i]) end
if A.seconds == '0' then
  redis.call('SET', K.is_open, 'true')
else
  redis.call('SET', K.is_open, 'true', 'EX', A.seconds)
end
redis.call('HSET', K.new_record,
  'id', A.id, 'channel', A.channel, 'previous', A.draw, 'created_at', now_ms(), 'started_by', A.member,
  'origin', 'bot', 'was_open', '1', 'is_announced', '1', 'prizes', A.prizes_json, 'prize_count', #ARGV - REST + 1, 'entrants', 0)
set_phase(K.new_record, A.id, 'open', A.closes_at)
return { 'started' }
