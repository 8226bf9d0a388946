"""Pages that are pictures: scans and photographs to tables and lines of text.

Knows pixels, rulings and recognisers of printed characters. Knows nothing of what tables mean. Its
recognisers are an extra (``juesuan[ocr]``): only ``recogniser`` needs them, and only when it reads.
"""
