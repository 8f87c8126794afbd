"""Everything about the programme that is true without a window. The map, from the ground up:

errors, text, calendar   the user's mistake and the machine's trouble; Persian text; Jalali days
driver, engine           the newest SQLite; the file, its safety settings, its troubles by name
types, models            the value types and the records, one a file
history, database        every save recorded in a chain; `read()` and `write()`
rules                    pure checks of what was typed; identifiers; the pace to the target;
                         `standing`: the stage of a unit by any day, `stage_reasons`: why;
                         `schedule` (by tranches: `tranche_schedule`) the instalments of a loan,
                         `repayment` what is on record of it, `plans` its schedules by any day,
                         `repaying` what may be entered, `coherence` whether all of it can be
                         true together, `book` and `settling` what is paid and owed, `arrears`
                         how late, `unearned` the profit that falls away, `positions` the spans
standing, repaid         keep what the rules say of every unit and of every loan, on each commit
queries                  reading: lists of any length, one record, the figures of the programme
                         (`tally` counts them in plain SQL, `progress` says what they mean,
                         `field` counts the field work, `owed` the loans), the board, the league,
                         exercises, what is to be done (`todo`), a unit's file; one loan's
                         `repayment`, the unpaid instalments (`dues`), by `positions`, the
                         `portfolio`; why banks are closed on a day (`holidays`); what a record
                         is called (`naming`)
backup, migrate, seeds   whole copies, schema upgrades, the lists a new file comes with
file_bytes               a file from outside, whole and with its SHA-256
commands                 writing: one function per thing a user does; it checks and never commits;
                         `undo` takes back what a commit did
check                    whether a file is whole: pages, links, history, standings, loans,
                         documents
sample                   a made-up programme of any size, the same for the same seed

A query or command takes a session; a Gregorian `date` is a day, an `int` an amount in rial.
"""
