-- Takes a look-up back that was counted as a miss of a member's.
-- K: misses (of the member)
-- A: none
-- Replies: {'forgiven'}
forgive_look_up()
return { 'forgiven' }
