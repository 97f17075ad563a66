-- Reading the table as it lies and sorting takes two thirds of what following an index through it
-- takes, but nothing is sent before all was read. One process, for others' sake, and
-- nothing to compile.
select set_config('enable_indexscan', 'off', true),
       set_config('max_parallel_workers_per_gather', '0', true),
       set_config('jit', 'off', true)
