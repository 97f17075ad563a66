-- Whether a person has a role only because everybody new gets it: such a role ends when they become
-- client or trainer (spec booking.md section 2). Only adds; a version that does not know the column
-- leaves it false, and then nothing is taken from anybody.
alter table identity.users add column is_role_by_default boolean not null default false;
