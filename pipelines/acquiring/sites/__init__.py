"""Sites, families of sites and the wording of announcements, as data."""
