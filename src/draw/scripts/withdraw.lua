-- Takes back a commitment that the draw has contradicted since, and its copy of the entrants.
-- KEYS: commitment, copy of the entrants
-- ARGV: the commitment as JSON
-- Replies: {'withdrawn'} | {'gone'}
redis.call('UNLINK', KEYS[2])
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'gone' } end
redis.call('DEL', KEYS[1])
return { 'withdrawn' }
