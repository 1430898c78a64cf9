-- Put in front of every script of this folder: what they all need to know of a channel's draw.

-- The state of the draw, from the shared keys alone.
-- Returns one of NO_DRAW, DRAW_OPEN_NO_ENTRANTS, DRAW_OPEN_WITH_ENTRANTS, DRAW_CLOSED_NO_ENTRANTS,
-- DRAW_CLOSED_WITH_ENTRANTS, DRAW_WON.
local function draw_state()
  local filled = redis.call('EXISTS', K.entrants) == 1 and '_WITH_ENTRANTS' or '_NO_ENTRANTS'
  if redis.call('EXISTS', K.is_open) == 1 then return 'DRAW_OPEN' .. filled end
  if redis.call('EXISTS', K.winners) == 1 then return 'DRAW_WON' end
  if redis.call('EXISTS', K.prizes) == 1 then return 'DRAW_CLOSED' .. filled end
  return 'NO_DRAW'
end

-- Whether the step's deadline, in seconds since the epoch by Redis's own clock, has passed.
local function too_late()
  return tonumber(redis.call('TIME')[1]) > tonumber(A.deadline)
end

-- Milliseconds since the epoch as text: Lua would write a large number as 1.7e+12.
local function ms_text(time)
  return string.format('%.0f', time)
end

-- Milliseconds since the epoch by Redis's own clock, as text.
local function now_ms()
  local time = redis.call('TIME')
  -- As 1000.0, it does not overflow where whole numbers have 32 bits.
  return ms_text(time[1] * 1000.0 + math.floor(time[2] / 1000))
end

-- A number that a record has in a field; 0 where it has none.
local function number_of(record, field)
  return tonumber(redis.call('HGET', record, field) or 0)
end

-- Whether the latest draw of the channel is another than the caller believes: then these are another draw's keys.
local function moved()
  local entry = redis.call('HGET', K.draws, A.channel)
  return (entry and string.match(entry, '^%S+') or '') ~= A.draw
end

-- Has the worker look at a draw at a time, in milliseconds since the epoch, unless it is to look sooner anyway.
local function look_at(draw, time)
  local planned = redis.call('ZSCORE', K.due, draw)
  if not planned or tonumber(planned) > tonumber(time) then redis.call('ZADD', K.due, time, draw) end
end

-- Writes the phase of the channel's latest draw, and has the worker look at it.
local function set_phase(record, draw, phase, closes_at)
  redis.call('HSET', record, 'phase', phase, 'closes_at', closes_at)
  redis.call('HINCRBY', record, 'revision', 1)
  local entry = draw .. ' ' .. phase .. ' ' .. closes_at
  if redis.call('HGET', K.draws, A.channel) ~= entry then
    redis.call('HSET', K.draws, A.channel, entry)
    redis.call('INCR', K.draws_version)
  end
  look_at(draw, now_ms())
end

-- Gives a draw that is over its number, and a place in the history.
local function finish(record, draw)
  if redis.call('HEXISTS', record, 'number') == 1 then return end
  local last = redis.call('ZREVRANGE', K.history, 0, 0, 'WITHSCORES')[2] or '0'
  local number = string.format('%d', tonumber(last) + 1)
  redis.call('ZADD', K.history, number, draw)
  redis.call('HSET', record, 'number', number, 'finished_at', now_ms())
end

-- Whether an open draw has fewer entrants than were counted, or than members have entered: another program took them out.
local function has_fewer_entrants()
  local known = math.max(number_of(K.record, 'entrants'), redis.call('HLEN', K.member_of))
  return redis.call('EXISTS', K.is_open) == 1 and redis.call('SCARD', K.entrants) < known
end

-- What this version knows of how far a draw has come.
local PHASES = { open = true, closed = true, committed = true, won = true, cancelled = true, replaced = true }

-- Whether another program has done something that the record does not say yet: then `observe` comes first. This is a
-- quick look at numbers; `observe` looks closely. It also tells of a phase that only a newer version knows: no step is
-- taken on that draw then.
local function unobserved()
  local phase = redis.call('HGET', K.record, 'phase')
  local is_open = redis.call('EXISTS', K.is_open) == 1
  local winners = redis.call('HLEN', K.winners)
  local prizes = redis.call('SCARD', K.prizes)
  if not phase then return is_open or winners > 0 or prizes > 0 end
  if not PHASES[phase] then return true end
  if is_open then
    -- A draw with an earlier one's winners stays open while it is picked.
    if phase == 'committed' and winners > 0 then return false end
    return phase ~= 'open' or prizes ~= number_of(K.record, 'prize_count') or has_fewer_entrants()
  end
  if winners > 0 then return phase ~= 'won' or winners ~= number_of(K.record, 'winner_count') end
  -- Whoever carries out a pick that has been committed to sees what has changed.
  return phase ~= 'committed' and prizes > number_of(K.record, 'prize_count')
end
