"""Two roles for the admin, as groups: who looks after speech, and who only looks. Superusers change them as they like.

Neither makes anybody staff or a superuser: what of a user a speech admin may change is in accounts/admin/user.py.
"""

from django.db import migrations

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"
ALL = (VIEW, ADD, CHANGE, DELETE)

SPEECH_ADMINS = {
    "accounts": {
        "apikey": ALL,
        "dailyusage": (VIEW,),
        "flag": (VIEW, CHANGE),
        "plan": ALL,
        "quota": ALL,
        "reservation": (VIEW,),
        "spending": (VIEW,),
        "user": (VIEW, CHANGE),
        "useranalytics": (VIEW,),
    },
    "admin": {"logentry": (VIEW,)},
    "voice": {
        "alert": ALL,
        "audioreference": (VIEW, DELETE),
        "callsession": (VIEW, CHANGE, DELETE),
        "message": (VIEW, DELETE),
        "providercall": (VIEW,),
        "providermodel": ALL,
        "pruningrun": (VIEW,),
        "speaker": ALL,
        "ttscache": (VIEW, DELETE),
        "voice": ALL,
    },
}
SPEECH_STAFF = {app: dict.fromkeys(models, (VIEW,)) for app, models in SPEECH_ADMINS.items()}

ROLES = {"Speech admins": SPEECH_ADMINS, "Speech staff": SPEECH_STAFF}


def permission(apps, app, model, action):
    """Django makes permissions after all migrations have run: too late for a group that is to have them."""
    named = apps.get_model(app, model)._meta.verbose_name
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {named}"}
    )
    return found


def give(apps, schema_editor):
    for role, of_app in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        for app, of_model in of_app.items():
            for model, actions in of_model.items():
                group.permissions.add(*[permission(apps, app, model, action) for action in actions])


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0003_bounds"),
        ("accounts", "0003_plans_and_flags"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
