"""Reading written English aloud: each file knows one kind of thing that is not written as it is said."""
