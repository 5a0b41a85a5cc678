from hypothesis import settings

# A busy machine is no failure: no test asserts how long an example takes.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
