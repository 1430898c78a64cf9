-- Put in front of every script: a key that holds something else than it should would end the script in the middle, with
-- half of its step done. So all of them are looked at before anything is written.
-- TYPES: name of the key to what it must hold, in words; one of them must be the type
-- Replies: {'wrong_type', name of the key}
for name, expected in pairs(TYPES) do
  local held = redis.call('TYPE', K[name])
  -- Redis replies a status, which is a table; stand-ins reply a text.
  held = type(held) == 'table' and held.ok or held
  if held ~= 'none' and not string.find(' ' .. expected .. ' ', ' ' .. held .. ' ', 1, true) then return { 'wrong_type', name } end
end
