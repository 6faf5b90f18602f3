"""The dashboard: briefings and notebooks as pages for colleagues who have the token; it writes nothing.

`server` puts together what the other modules serve: `start_page` and `briefing_list`, `briefing_files`,
`sign_in`, and the pages of the notebooks (`notebook_pages`). `reading_process` is a process that reads the
articles once and runs the notebooks; the kernel of each visitor is forked from it and shares its memory.
Uses every room below it.
"""
