"""What holds for every test: nothing may depend on how fast the machine is."""

import hypothesis

hypothesis.settings.register_profile("without_deadlines", deadline=None)
hypothesis.settings.load_profile("without_deadlines")
