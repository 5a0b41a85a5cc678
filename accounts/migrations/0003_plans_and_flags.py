"""The plans and the flags this product comes with; admins change them as they like."""

from django.db import migrations

FLAGS = {
    "speech": "Hearing text.",
    "prefetch": "Audio made before it is asked for.",
    "streaming": "Audio heard while it is being made.",
    "collaborative": "Messages in which several speak.",
    "realtime": "Replies of the assistant.",
    "transcription": "Speech to text.",
    "export": "Whole conversations as one file.",
}

PLANS = [
    {
        "name": "trial",
        "label": "Trial",
        "trial_messages": 100,
        "trial_days": 14,
        "characters_per_day": 20_000,
        "requests_per_minute": 30,
        "realtime_per_day": 50,
        "max_characters": 5_000,
    },
    {
        "name": "standard",
        "label": "Standard",
        "is_default": True,
        "characters_per_day": 200_000,
        "characters_per_month": 2_000_000,
        "voice_minutes_per_month": 2_400,
        "money_per_month": 50,
        "requests_per_minute": 120,
        "realtime_per_day": 200,
    },
    {"name": "unlimited", "label": "Unlimited"},
]


def add(apps, schema_editor):
    plan, flag = apps.get_model("accounts", "Plan"), apps.get_model("accounts", "Flag")
    for fields in PLANS:
        plan.objects.get_or_create(name=fields["name"], defaults=fields)
    for name, note in FLAGS.items():
        flag.objects.get_or_create(name=name, defaults={"everyone": True, "note": note})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_limits")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
