-- Writes down what another program did: corrects the record of the channel's latest draw, or ends it and begins the record
-- of another. Does nothing where something has changed since the snapshot from which that was decided.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, history, record, member_of, new_record, commitment,
--    won (of the draw that the winners are of)
-- A: channel, draw, revision, open (1 or 0), prizes, entrants, winners (their numbers in the snapshot), may_grow (1 where
--    more entrants than that change nothing of what was decided), count_within ('' unless nothing but their number is new: the
--    milliseconds within which the worker is to look), ended (the phase in which
--    the draw of the record ends: 'replaced' or ''), id (of the other draw; '' where it is the same), phase,
--    closes_at, has_won (1 if the winners are the draw's), settled (0 while another program is changing it); from REST on field, value, … of the record
-- Replies: {'observed'} | {'changed'}
local more = redis.call('SCARD', K.entrants) - tonumber(A.entrants)
if moved() or number_of(K.record, 'revision') ~= tonumber(A.revision)
  or redis.call('EXISTS', K.is_open) ~= tonumber(A.open)
  or redis.call('SCARD', K.prizes) ~= tonumber(A.prizes)
  or more < 0 or (more > 0 and A.may_grow ~= '1')
  or redis.call('HLEN', K.winners) ~= tonumber(A.winners)
then
  return { 'changed' }
end
local record, draw = K.record, A.draw
if A.ended ~= '' then
  if A.ended ~= redis.call('HGET', record, 'phase') then set_phase(record, draw, A.ended, '') end
  -- Whoever entered since it was last counted did so all the same.
  local entered = math.max(number_of(record, 'entrants'), redis.call('HLEN', K.member_of))
  redis.call('HSET', record, 'entrants', entered)
  redis.call('DEL', K.commitment)
  finish(record, draw)
  look_at(draw, now_ms())
end
if A.id ~= '' then
  record, draw = K.new_record, A.id
  redis.call('HSET', record, 'id', A.id, 'channel', A.channel, 'previous', A.draw, 'created_at', now_ms())
end
-- Who was taken out of a draw that goes on was not entered by anybody.
if A.id == '' and A.settled == '1' and has_fewer_entrants() then
  for _, login in ipairs(redis.call('HKEYS', K.member_of)) do
    if redis.call('SISMEMBER', K.entrants, login) == 0 then redis.call('HDEL', K.member_of, login) end
  end
end
for i = REST, #ARGV, 2 do redis.call('HSET', record, ARGV[i], ARGV[i + 1]) end
if A.has_won == '1' then
  redis.call('DEL', K.won)
  local winners = redis.call('HGETALL', K.winners)
  for i = 1, #winners, 2 do redis.call('HSET', K.won, winners[i], winners[i + 1]) end
  redis.call('HSET', record, 'winner_count', math.floor(#winners / 2))
end
if A.phase ~= 'committed' then redis.call('DEL', K.commitment) end
if A.count_within ~= '' then
  redis.call('HINCRBY', record, 'revision', 1)
  look_at(draw, ms_text(now_ms() + A.count_within))
  return { 'observed' }
end
set_phase(record, draw, A.phase, A.closes_at)
if A.phase == 'won' or A.phase == 'replaced' then finish(record, draw) end
return { 'observed' }
