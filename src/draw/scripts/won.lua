-- Put in front of the scripts after which the winners are known, after prelude.lua.

-- Writes the winners into the record, as HGETALL gives them; the draw is over.
local function won_by(winners)
  redis.call('DEL', K.won)
  for i = 1, #winners, 2 do redis.call('HSET', K.won, winners[i], winners[i + 1]) end
  redis.call('HSET', K.record, 'winner_count', math.floor(#winners / 2))
  set_phase(K.record, A.draw, 'won', '')
  finish(K.record, A.draw)
end
