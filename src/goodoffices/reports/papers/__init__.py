"""Papers for one reader: a value of paragraphs, tables and footnotes, drawn as a page, a Word file, a PDF or text."""
