"""What the numbers mean that commands exit with; 0 is that everything was processed."""

EXIT_UNREADABLE_OR_QUARANTINED = 1
EXIT_SOMETHING_PREVENTS_WORK = 1
EXIT_CANNOT_DO = 2
