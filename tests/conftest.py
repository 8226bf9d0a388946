"""What holds for every test: nothing may depend on how fast the machine is."""

import hypothesis

hypothesis.settings.register_profile(
    "without_deadlines",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("without_deadlines")
