-- The first statement of a transaction: all that follow see the same moment.
set transaction isolation level repeatable read
