"""What the user sees, and the files he sends on. The map, from the ground up:

kinds, choices, fields   how a value is shown, read and exported; the one declaration of a field
messages, outlook        the sentence of each broken rule, each trouble, each state of the figures
theme, icons, fonts      how it looks, by meaning; translations has the words Qt lacks
singletons, plain_imports  what PySide6 needs on Python 3.11, and the taxes on imports
drafts                   what is being written and not saved, for the next run if this one is killed
tasks, progress          long work off the window's thread; what it knows of its watcher
excel                    workbooks, without Qt
opening, file_lock       opening a file of today's or an older version, one window at a time
widgets                  table, form, editors, filter bar, charts: they know no page;
                         what the window offers a page (frame); what was done, for Ctrl+Z (steps)
exchange                 the dialogs around Excel files
paper                    pages of A4 with their head and foot: preview, printer, PDF
pages                    a list page, the page of a record, its parts and its history; what is
                         done to several rows, drafts and pins; the league table
dashboard, units, …      a feature a folder: fields.py (what is shown) and page.py (the screen);
                         visits has the obstacles too, follow_up the actions and «کارهای من»;
                         loans all that belongs to one loan, calculator a schedule without one,
                         dues who has to pay and to be called, portfolio what they amount to;
                         unit_file is everything of a unit in order, on the screen and on A4
welcome, about           the first-run page and the new file; versions and licences
page_list, find_all      the pages by name, imported when first shown; the search of everything
reports, figures         the reports that are sent up; the figures as JSON and as lines
main_window, app         the frame around the pages; the one place that puts the parts together
cli, tour                the same without a window; `schedule_lines` the instalments as lines

Features never import each other: a page asks the `Frame` to go where another feature is.
"""
