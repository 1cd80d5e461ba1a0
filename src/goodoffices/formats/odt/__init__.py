"""OpenDocument texts (``.odt``): read by way of the elements of a ``.docx`` file, and written from them."""
