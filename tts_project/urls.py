"""Every address."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from tts_project import health, metrics
from tts_project.doors import page_or_api
from voice.admin.dashboard import dashboard
from voice.api.views.calls import CallMessagesView, CallMessageView, CallsView, CallView
from voice.api.views.schema import SchemaView, schema_page
from voice.pages import account, calls, embedding, voices

urlpatterns = [
    path("", include("voice.api.urls")),  # first: the hot path resolves at once
    path("", RedirectView.as_view(pattern_name="calls"), name="home"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}icon.svg"), name="favicon"),
    path("calls", page_or_api(calls.call_list, CallsView.as_view()), name="calls"),
    path("calls/<uuid:call_id>", CallView.as_view(), name="call"),
    path(
        "calls/<uuid:call_id>/messages", page_or_api(calls.messages, CallMessagesView.as_view()), name="call-messages"
    ),
    path("calls/<uuid:call_id>/messages/<uuid:message_id>", CallMessageView.as_view(), name="call-message"),
    path("voices", voices.voices, name="voice-page"),
    path("embed/example", embedding.example, name="embed-example"),
    path("account", account.account, name="account"),
    path("account/voice", account.choose_voice, name="account-voice"),
    path("account/keys", account.make_key, name="account-keys"),
    path("account/keys/<int:key_id>/revoke", account.revoke_key, name="account-revoke-key"),
    path("schema", SchemaView.as_view(), name="schema"),
    path("schema/docs", schema_page, name="schema-docs"),
    path("accounts/", include("allauth.urls")),
    path("admin/dashboard", admin.site.admin_view(dashboard), name="speech-dashboard"),
    path("admin/", admin.site.urls),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", metrics.metrics, name="metrics"),
]

handler400 = "tts_project.errors.bad_request"
handler403 = "tts_project.errors.permission_denied"
handler404 = "tts_project.errors.page_not_found"
handler500 = "tts_project.errors.server_error"
